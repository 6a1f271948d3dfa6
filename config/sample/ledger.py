"""What the sample's people did with the claims of the Northmere Ledger of 16 May 2031."""

from config.sample.steps import (
    Accept,
    Approve,
    Ask,
    Assign,
    Case,
    Cite,
    Do,
    Found,
    Plan,
    Publish,
    Save,
    Submit,
    Take,
    Write,
)

_RELEASE = "heating-arrears-q1-2031"
_RELEASE_BEFORE = "heating-arrears-q4-2030"
_BRIEFING = "briefing-winter-heating-grant"
_FACT_SHEET = "fact-sheet-winter-heating-grant"

CASES = (
    Case(
        "The share of households in Corravane",
        "published",
        (
            Accept(
                "The figure that opens the article; points and per cent are easily confused.", 5, topics=("heating",)
            ),
            Plan(0.8, 5, False),
            Take("checker2"),
            Submit(
                "checker2",
                Found(
                    2,
                    "The release has the share at 12.4 per cent a year ago and at 8.4 per cent now: a fall of 4.0 "
                    "percentage points, and of 32 per cent. It names both, side by side [1]. The Ledger took the "
                    "number of the one and the word of the other. The release before it has 9.1 per cent for December, "
                    "which fits [2].",
                    (Cite(_RELEASE, "refutes"), Cite(_RELEASE_BEFORE, "silent", "context")),
                ),
            ),
            Write(
                "checker2",
                "Heating arrears: the share fell by 4 points, which is 32 per cent, not 4",
                "The share of households in Corravane that are behind on their heating bills fell from 12.4 to 8.4 per "
                "cent in the year to March, says the Corravane Statistics Board [1]. That is a fall of 4.0 percentage "
                "points.\n\n"
                "“Fell by 4 per cent” says something else. A share of 12.4 per cent that falls by 4 per cent still "
                "stands at 11.9. Measured as the Ledger measures it, the fall is one of 32 per cent [1].\n\n"
                "The figures of the quarter before lie between the two [2].",
            ),
            Approve(),
            Publish(),
        ),
    ),
    Case(
        "At the end of March, 214,000 households",
        "queued",
        (Accept("The figure on which the rest of the article stands.", 3), Plan(0.78, 3, False)),
    ),
    Case(
        "The fall is real, but one mild winter",
        "queued",
        (Accept("The chief statistician, word for word, against the minister’s account.", 28),),
    ),
    Case(
        "I can say that nobody who applied",
        "proposed",
        (
            Accept(
                "A minister on people who were turned away. The opposition says otherwise.",
                7,
                topics=("heating",),
            ),
            Take("checker2"),
            Submit(
                "checker2",
                Found(
                    1,
                    "The transcript of the briefing has “hardly anybody” where the Ledger prints “nobody” [1]. The "
                    "ministry’s fact sheet of the same day counts 3,600 refusals among the 64,900 households that "
                    "applied in time [2]: one in eighteen, as the minister himself told the reporters.",
                    (Cite(_BRIEFING, "refutes", "said_where"), Cite(_FACT_SHEET, "refutes")),
                ),
            ),
        ),
    ),
    Case(
        "The ministry had paid out 48 million",
        "drafting",
        (
            Accept(
                "Public money; the sum voted and the sum paid are not the same.", 11, topics=("heating", "public money")
            ),
            Plan(0.6, 11, False),
            Take("checker"),
            Submit(
                "checker",
                Found(
                    2,
                    "The fact sheet has 48 million crowns voted and 46.3 million paid out [1]. In the briefing the "
                    "minister said that 48 million had been put aside, and that a little of it was left [2].",
                    (Cite(_FACT_SHEET, "refutes"), Cite(_BRIEFING, "refutes", "said_where")),
                ),
            ),
            Write(
                "checker",
                "The ministry paid out 46.3 million crowns; 48 million is what the Assembly voted",
                "The winter heating grant cost 46.3 million crowns, says the fact sheet of the Ministry of Energy. The "
                "Assembly had voted 48 million [1].",
            ),
            Do(
                "editor",
                "return_to_drafting",
                "Say that the minister had it right in the briefing: the error is the report’s, not his.",
            ),
        ),
    ),
    Case(
        "The average grant came to 755 crowns",
        "withdrawn",
        (
            Accept("It goes with the sum that was paid out.", 40),
            Take("checker"),
            Do("editor", "withdraw", "Nobody disputes the average, and the fact sheet has it: no verdict is needed."),
        ),
    ),
    Case(
        "The grant reached 61,300 households",
        "researching",
        (
            Accept("A figure that is right beside a share that may not be.", 13),
            Plan(0.55, 13, False),
            Take("checker"),
            Save(
                "checker",
                Found(
                    None,
                    "The number is right: 61,300 households. “Most of them in Northmere” is not: the sheet gives "
                    "Northmere a third of the grants, and the lake shore two fifths [1].",
                    (Cite(_FACT_SHEET, "mixed"),),
                ),
            ),
        ),
    ),
    Case(
        "Half of the grants were paid",
        "queued",
        (Accept("One line of the fact sheet settles it.", 60), Plan(0.2, 60, False)),
    ),
    Case(
        "a third of the grant letters",
        "researching",
        (
            Accept("“Conceded” is a strong word: did he?", 14),
            Assign("checker2", "Look at who speaks. The transcript marks the reporters’ questions with a Q."),
        ),
    ),
    Case(
        "The grant did what it was made to do.",
        "second_check",
        (
            Accept("A promise for the next winter.", 15),
            Plan(0.7, 15, True),
            Take("checker"),
            Submit(
                "checker",
                Found(
                    2,
                    "Two sentences from different answers were joined without a mark, and the second lost its "
                    "condition: the grant is to be paid again “if the Assembly votes the money for it” [1]. What is "
                    "printed as a promise was an intention.",
                    (Cite(_BRIEFING, "mixed", "said_where"),),
                    enough="It is the ministry’s transcript of the briefing that the Ledger quotes.",
                ),
            ),
            Take("checker2", "take_second"),
        ),
    ),
    Case(
        "The ministry had refused to publish",
        "awaiting_reply",
        (
            Accept("A charge against a ministry, which has not been heard.", 22, topics=("heating",)),
            Take("checker"),
            Ask(
                "checker",
                "The ministry’s press office",
                "e-mail",
                "Did anybody ask for the list of those who were refused, and what was the answer?",
                30,
            ),
        ),
    ),
    Case(
        "They are hiding four thousand families",
        "awaiting_source",
        (
            Accept(
                "The fact sheet has 3,600 refusals: where do the four thousand come from?",
                24,
                topics=("heating",),
            ),
            Take("checker2"),
            Do(
                "checker2",
                "await_source",
                "The minutes of the Assembly’s energy committee of 15 May, promised by its library for tomorrow.",
            ),
        ),
    ),
    Case(
        "This is a disgrace, and the minister",
        "declined",
        (Do("intake", "decline", "An opinion, and printed as one."),),
    ),
)
