"""What the sample's people did with the claims of the Twin Shores Wire of 20 May 2031, most of which wait in triage."""

from config.sample.steps import Accept, Case, Do, Found, Plan, SameAs, Submit, Take, Write

CASES = (
    Case(
        "The order “shall remain in force",
        "queued",
        (Accept("The text of an order, which both shores read for a date.", 18),),
    ),
    Case("complete agreement on every point", "duplicate", (SameAs("We have complete agreement on every point"),)),
    Case(
        "No date for opening the sluice",
        "on_hold",
        (
            Accept("The other government’s account of the call.", 20),
            Do("editor", "hold", "The sluice’s date is being decided in another case: the two must not go out apart."),
        ),
    ),
    Case(
        "No captain has been kept waiting",
        "drafting",
        (
            Accept("It can be counted, and three skippers laughed at it.", 21),
            Plan(0.5, 21, False),
            Take("checker2"),
            Submit(
                "checker2",
                Found(
                    0,
                    "We searched every record in the library for waiting times at Varnholm or at Brackholt since "
                    "6 May [1]. There is none: no log, no notice, no count. The spokeswoman names no source. Until "
                    "the harbour shows its log, the sentence can be neither borne out nor refuted.",
                    searched=True,
                ),
            ),
            Write(
                "checker2",
                "No record shows how long captains wait at Varnholm",
                "Nina Vastberg, who speaks for the harbour, says that no captain has been kept waiting for longer than "
                "two days. We looked for a record that could test this and found none [1].\n\n"
                "The harbour keeps a log of arrivals. It has not published it.",
            ),
            Do(
                "editor",
                "return_to_drafting",
                "We do not know that the harbour keeps a log: say only what we looked for, and where.",
            ),
        ),
    ),
)
