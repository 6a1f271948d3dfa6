"""The words of offices and names in official English, in lower case and without their points."""

from claims.extraction.wordset import wordset

HEADS = wordset(
    "president minister chancellor premier secretary king queen prince princess emir amir sultan pope taoiseach "
    "commissioner representative chair chairman chairwoman chairperson director governor mayor speaker advisor "
    "adviser leader senator congressman congresswoman ambassador envoy administrator commander admiral treasurer "
    "warden harbourmaster consul coordinator counselor counsellor spokesperson spokesman spokeswoman ombudsman regent "
    "undersecretary comptroller apnsa"
)
BEFORE = wordset(
    "prime vice deputy foreign defense defence interior finance acting interim special crown high permanent assistant "
    "under executive managing chief national security homeland trade energy health external affairs presidential "
    "state principal first senior federal cabinet economic climate justice economy environment home attorney general "
    "policy personal domestic intergovernmental legislative"
)
AFTER = wordset("general elect emeritus elect-president")
# What an office is held for, where it is no institution: "Secretary of State", "Minister of Foreign Affairs".
PORTFOLIO = wordset(
    "state foreign affairs defense defence transportation transport treasury interior finance energy labor labour "
    "commerce trade agriculture education health human services homeland security housing urban development economy "
    "economic environment justice home international cooperation climate veterans industry culture public digital "
    "infrastructure water"
)
PARTICLES = wordset("von van der den de del della di da dos bin al el ibn")
SUFFIXES = wordset("jr sr ii iii iv")
HONORIFICS = wordset(
    "his her their majesty highness excellency royal dr mr mrs ms sir dame h.e hon honorable honourable the"
)
# Written with a capital, these begin a sentence, name a day or a form of talk, but no person and no institution.
NO_NAMES = wordset(
    "today yesterday tonight earlier later on in at this that these those joining participants participant attendees "
    "attendee following after before during together both they he she it we i as also while when since for from with "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december readout readouts statement statements call calls meeting meetings "
    "conversation conversations phone video telephone videoconference virtual bilateral trilateral visit trip travel "
    "engagement engagements roundtable remarks discussion talks summit dinner lunch joint press secure conference "
    "member members countries launch convening event introductory separate including and or an a our d.c"
)
OF_INSTITUTIONS = wordset(
    "republic nations union commission council kingdom states islands emirates organization organisation parliament "
    "agency office department ministry committee bank fund court group conference alliance board authority house "
    "league compact federation confederation association assembly center centre foundation university college "
    "institute society company corporation school service community groups staff team delegation"
)
