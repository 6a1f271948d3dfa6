"""What the sample's people did with the claims of the Pellwick Courier of 14 May 2031."""

from config.sample.steps import Accept, Approve, Case, Cite, Correct, Do, Found, Plan, Publish, Submit, Take, Write

_READOUT = "readout-call-president-lindemar"
_COUNTERPART = "telephone-conversation-arkwright"
_QUAY = "remarks-quay-pellwick"
_COMMISSION = "statement-brackholt-sluice"
_BULLETIN = "lake-level-bulletin-week-19"

CASES = (
    Case(
        "Corravane and Drennick had ended their quarrel",
        "sign_off",
        (
            Accept("It tells farms and harbours on two shores that a dispute is over.", 9, topics=("lake",)),
            Plan(0.7, 9, False),
            Take("checker2"),
            Submit(
                "checker2",
                Found(
                    2,
                    "Nothing on record from that day says that the quarrel is over. On the quay, straight from the "
                    "call, the Prime Minister spoke of fair agreement on almost every point, with nothing signed [1]. "
                    "Her own office’s readout has progress on most of the plan’s nine points [2]. Both are good news, "
                    "and neither is an end.",
                    (Cite(_QUAY, "refutes"), Cite(_READOUT, "mixed")),
                ),
            ),
            Write(
                "checker2",
                "No record says that Corravane and Drennick have ended their quarrel over the lake",
                "The Pellwick Courier reported on 14 May that Prime Minister Helen Arkwright had called the quarrel "
                "over the water of Lake Ellowen ended.\n\n"
                "The transcript of what she told reporters that evening has other words: “We have fair agreement on "
                "almost every point of the water plan, and nobody has signed it yet” [1]. The readout of the call "
                "speaks of progress on most of the plan’s nine points [2].\n\n"
                "She may have said more to the Courier than was taken down. The article gives no words of hers that "
                "say so.",
            ),
        ),
    ),
    Case(
        "We have complete agreement on every point",
        "published",
        (
            Accept("A head of government, quoted word for word on a treaty.", 4, topics=("lake",)),
            Plan(0.9, 4, False),
            Take("checker"),
            Submit(
                "checker",
                Found(
                    2,
                    "The transcript of the remarks on the quay has “fair agreement on almost every point” where the "
                    "Courier prints “complete agreement on every point” [1]. She did speak of agreement; the words "
                    "that measure it were changed.",
                    (Cite(_QUAY, "refutes", "said_where"),),
                    enough="It is the transcript of the very remarks that are quoted, by the speaker’s own office.",
                ),
            ),
            Write(
                "checker",
                "Arkwright spoke of ‘fair agreement on almost every point’, not of ‘complete agreement’",
                "On the quay at Pellwick on 14 May, Prime Minister Helen Arkwright did speak of agreement with "
                "Drennick on the water plan. The Courier’s quotation makes more of it than she did.\n\n"
                "The transcript published by her office reads: “We have fair agreement on almost every point of the "
                "water plan” [1]. The Courier has “complete agreement on every point”.",
            ),
            Approve(),
            Publish(),
            Correct(
                "Two readers wrote that we weighed only half of the quotation. What it says of the signing is the "
                "reverse of the transcript."
            ),
            Plan(0.95, 2, False),
            Take("checker"),
            Submit(
                "checker",
                Found(
                    1,
                    "The quotation has two halves, and the transcript has neither. “Complete agreement on every point” "
                    "stands there as “fair agreement on almost every point”, and “everybody has signed it” as “nobody "
                    "has signed it yet” [1]. The readout of the call, published half an hour before she spoke, bears "
                    "the transcript out: progress on most of nine points, and no word of a signature [2].",
                    (Cite(_QUAY, "refutes", "said_where"), Cite(_READOUT, "refutes")),
                ),
            ),
            Write(
                "checker",
                "‘Complete agreement’, and ‘everybody has signed’: the transcript says neither",
                "On the quay at Pellwick on 14 May, Prime Minister Helen Arkwright told reporters about her call with "
                "President Viktor Lindemar. The Courier quotes her: “We have complete agreement on every point of the "
                "water plan, and everybody has signed it.”\n\n"
                "The transcript published by her office reads: “We have fair agreement on almost every point of the "
                "water plan, and nobody has signed it yet” [1]. She went on: “That is the honest state of things "
                "tonight.”\n\n"
                "The readout of the call, published before she spoke, has progress on most of the plan’s nine points, "
                "and no signature [2].",
                change_note="The first version rated this Misleading and weighed only the words about agreement. The "
                "quotation goes on to say that everybody has signed, which is the reverse of what the transcript has. "
                "The rating is now False, and the readout of the call was added as a second source.",
            ),
            Approve(),
            Publish(),
        ),
    ),
    Case(
        "The two leaders “reaffirmed that the lake",
        "queued",
        (Accept("Quoted from a readout: quick to check, and repeated in both countries.", 26),),
    ),
    Case(
        "The call lasted 50 minutes",
        "drafting",
        (
            Accept(
                "Two governments tell the same call differently; its length is where to begin.", 12, topics=("lake",)
            ),
            Plan(0.4, 12, False),
            Take("checker"),
            Submit(
                "checker",
                Found(
                    5,
                    "Both governments give the same length: 50 minutes in Corravane’s readout [1], some 50 minutes in "
                    "Drennick’s [2]. The two accounts differ in much else, and not in this.",
                    (Cite(_READOUT, "supports"), Cite(_COUNTERPART, "supports")),
                ),
            ),
        ),
    ),
    Case(
        "The Brackholt Sluice, which Drennick shut",
        "adjudication",
        (
            Accept(
                "Farms below Tarrowby plan their pumping by this date.",
                6,
                wording="The Brackholt Sluice will open again on 1 June",
            ),
            Plan(0.85, 6, True),
            Take("checker"),
            Submit(
                "checker",
                Found(
                    3,
                    "The Prime Minister has the first of June in her notes, and hopes that the other side has it in "
                    "theirs [1]. Drennick’s account of the same call has no date, and makes one wait for the engineers "
                    "[2]. The article gives one side’s date; that the other side denies it is left out.",
                    (Cite(_QUAY, "mixed"), Cite(_COUNTERPART, "refutes")),
                ),
            ),
            Take("checker2", "take_second"),
            Submit(
                "checker2",
                Found(
                    2,
                    "The government whose sluice it is says that no date was agreed, and that none will be set before "
                    "the engineers have reported [1]. The Commission, on which both countries sit, had no notice of a "
                    "date the same evening [2]. “Will open” makes a plan out of a hope, which is more than missing "
                    "context.",
                    (Cite(_COUNTERPART, "refutes"), Cite(_COMMISSION, "refutes")),
                ),
            ),
        ),
    ),
    Case(
        "The engineers may begin their survey",
        "approved",
        (
            Accept("The other side’s words, which few in Corravane have read in full.", 16),
            Plan(0.5, 16, False),
            Take("checker2"),
            Submit(
                "checker2",
                Found(
                    5,
                    "The readout of the President’s office has these words in this order. The Courier leaves out “at "
                    "the northern gate, in the company of their colleagues from Corravane”, and marks the gap [1]. "
                    "Nothing that was left out changes the meaning. The Commission announced the same survey for "
                    "Monday, 19 May [2].",
                    (Cite(_COUNTERPART, "supports", "said_where"), Cite(_COMMISSION, "supports", "context")),
                ),
            ),
            Write(
                "checker2",
                "Yes: Lindemar said that the engineers may begin, and that their advice will be followed",
                "The Courier quotes President Viktor Lindemar with a gap that it marks. The readout of his office has "
                "the sentence in full: “The engineers may begin their survey on Monday at the northern gate, in the "
                "company of their colleagues from Corravane, and the sluice keepers will follow their advice” [1].\n\n"
                "The Lake Ellowen Commission announced the survey for the same day, 19 May [2].",
            ),
            Approve(embargo_hours=18),
        ),
    ),
    Case(
        "We will not raise the charge",
        "second_check",
        (
            Accept("A promise about everybody’s bill.", 10),
            Plan(0.75, 10, True),
            Take("checker"),
            Submit(
                "checker",
                Found(
                    3,
                    "The words are hers, and her sentence goes on: “unless the Commission asks both countries to do "
                    "so” [1]. She adds that she does not expect it. Readers of the Courier take away a promise; the "
                    "transcript has a promise with a condition.",
                    (Cite(_QUAY, "mixed", "said_where"),),
                    enough="It is the transcript of the remarks themselves; no other record of them is known.",
                ),
            ),
        ),
    ),
    Case(
        "The lake has fallen by 1.4 metres",
        "challenged",
        (
            Accept("Two figures in one sentence, both in the Commission’s bulletin.", 8, topics=("lake",)),
            Plan(0.65, 8, False),
            Take("checker"),
            Submit(
                "checker",
                Found(
                    2,
                    "The fall of 1.4 metres since October is what the Commission’s bulletin gives. The record is not: "
                    "311.2 metres is the lowest for the second week of May since 1994, and the lowest level on record "
                    "was 309.9 metres, in September 1971 [1].",
                    (Cite(_BULLETIN, "mixed"),),
                    enough="The Commission reads the gauges, and nobody else does.",
                ),
            ),
            Write(
                "checker",
                "The lake is 1.4 metres lower than in October, but it has been lower still",
                "The first half of the sentence is right: Lake Ellowen has fallen by 1.4 metres since 1 October, says "
                "the Lake Ellowen Commission’s bulletin of 12 May [1].\n\n"
                "The second half is not. At 311.2 metres the lake is at its lowest for the second week of May since "
                "1994. The lowest level since the gauges were first read in 1968 was 309.9 metres, in September 1971 "
                "[1].",
            ),
            Approve(),
            Publish(),
            Do(
                "publisher",
                "challenge",
                "A reader writes that the gauge at Tarrowby was moved in 1975, and doubts the reading of 1971. We have "
                "asked the Commission.",
            ),
        ),
    ),
    Case(
        "The commission “has received no notice",
        "queued",
        (Accept("The Commission’s word on a date that two governments tell differently.", 30), Plan(0.6, 30, None)),
    ),
    Case(
        "Six million crowns have been put aside",
        "queued",
        (
            Accept(
                "Public money for named people. The record is a text as prepared: was it said?",
                48,
                topics=("public money",),
            ),
        ),
    ),
    Case(
        "It is the most beautiful evening",
        "not_checkable",
        (Do("intake", "not_checkable", "How beautiful an evening is, no record can tell."),),
    ),
)
