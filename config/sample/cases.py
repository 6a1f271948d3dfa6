"""The sample's cases: for each article, in the order of its claims, what people did. Other claims wait in triage."""

from config.sample import courier, ledger, wire

# In the order of `config.sample.addresses`, which is that in which the articles came out.
CASES = (courier.CASES, ledger.CASES, wire.CASES)
