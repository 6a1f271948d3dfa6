"""What a name is made of: titles that are not part of it, roles that stand for it, and given names that tell he
from she.
"""

from claims.extraction.wordset import wordset

TITLES = wordset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron president vice prime minister chancellor "
    "premier secretary general secretary-general senator sen sens representative rep reps congressman congresswoman "
    "governor gov lt lieutenant gen maj major col colonel capt captain sgt sergeant adm admiral cmdr commander brig "
    "brigadier officer judge justice chief attorney ambassador mayor speaker leader pope king queen prince princess "
    "emperor sheikh ayatollah imam reverend rev father sister bishop archbishop cardinal rabbi spokesman spokeswoman "
    "spokesperson chairman chairwoman chair director deputy assistant acting former ex then interim host anchor "
    "candidate nominee businessman businesswoman billionaire mogul strategist pollster analyst economist lawmaker "
    "councilman councilwoman councillor coach detective sheriff inspector constable commissioner whip majority "
    "minority house senate foreign defense defence interior finance state treasury press hon honourable honorable "
    "co-chair co-founder founder ceo"
)
"""Lower-case words, without their points, that stand before a name and are dropped from it."""

ROLE_OF_TITLE = {
    "sen": "senator",
    "sens": "senator",
    "rep": "representative",
    "reps": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "maj": "major",
    "capt": "captain",
    "sgt": "sergeant",
    "adm": "admiral",
    "prof": "professor",
    "rev": "reverend",
}
ROLES = wordset(
    "president minister chancellor premier secretary senator representative congressman congresswoman governor "
    "general colonel major captain sergeant admiral commander officer judge justice attorney lawyer ambassador mayor "
    "speaker leader pope king queen prince princess emperor bishop archbishop cardinal rabbi reverend spokesman "
    "spokeswoman spokesperson chairman chairwoman chair director host anchor candidate nominee businessman "
    "businesswoman billionaire mogul strategist pollster analyst economist lawmaker councilman councilwoman "
    "councillor coach detective sheriff inspector commissioner founder executive professor author adviser advisor "
    "aide manager activist delegate diplomat envoy expert historian journalist reporter researcher scientist doctor "
    "negotiator treasurer owner operator consultant legislator parliamentarian regulator banker"
)

SPEAKERS = wordset(
    "official source aide critic expert people person man woman police authority prosecutor resident witness group "
    "poll survey report study document letter statement campaign company government administration agency ministry "
    "department party family activist protester voter supporter opponent ally colleague team committee commission "
    "court union association organisation organization institute university newspaper magazine bank firm military "
    "army navy board council union investigator soldier veteran survivor victim teacher parent student worker farmer "
    "nurse rebel fighter insider observer campaigner organiser organizer regulator watchdog charity network outlet "
    "lawsuit complaint filing ruling memo email tweet post article book audit review data figure statistic leader "
    "republican democrat conservative lawmaker mp politician candidate neighbor neighbour friend relative mother "
    "father wife husband son daughter brother sister record tally document paper transcript author owner driver "
    "pilot captain player other"
)
"""Common nouns that can be the source of a statement without a name."""

BODIES = wordset(
    "academy administration agency airline alliance army assembly association authority bank board bureau cabinet "
    "campaign centre center chamber chancellery charity college commission committee company conference congress "
    "corporation council court delegation department directorate embassy federation firm forum foundation fund gazette "
    "government guild group hospital house institute institution journal kremlin league ministry mission movement navy "
    "network newspaper office organisation organization parliament party pentagon police port press secretariat senate "
    "service society taskforce treasury tribunal trust union university watchdog"
)
"""Lower-case words that tell, in a name, that it is a body's and no person's."""

SPEAKING_PRONOUNS = frozenset(["he", "she", "they", "others", "both", "many", "some"])

MALE_ROLES = wordset("spokesman chairman congressman businessman councilman king prince pope father sir lord mr")
FEMALE_ROLES = wordset(
    "spokeswoman chairwoman congresswoman businesswoman councilwoman queen princess sister dame lady baroness mrs ms "
    "miss"
)

MALE_NAMES = wordset(
    "aaron adam adrian ahmed alan albert alexander alexei alfred ali allen andre andrei andrew andrzej anders angus "
    "anthony antonio antony ari arthur barack barry ben benjamin bernard bernie bill bob boris brad brandon brendan "
    "brian bruce carl carlos charles chris christopher chuck claude colin craig curtis dan daniel dave david dean "
    "denis dennis derek dick dmitry dominic don donald doug douglas ed edward elijah eric erik ernest evan felipe "
    "francis francois frank franklin fred gary gavin geoff geoffrey george gerald gerard giorgio glenn gordon graham "
    "greg gregory guy hans harold harry henry herbert howard hugh ian igor ivan jack jacob jake james jared jason "
    "jay jeb jeff jeffrey jens jeremy jerome jerry jesse jim jimmy joe joel john jon jonathan jorge jose joseph josh "
    "joshua juan julian justin keith ken kenneth kevin kyle larry lawrence leo leon leonard lloyd louis lucas luis "
    "luke marc marco mario mark martin matt matteo matthew max michael michel miguel mike mikhail mitch mitt mohamed "
    "mohammed muhammad narendra nathan neil nicholas nicolas nick nigel oleg oliver olaf oscar owen pablo pat "
    "patrick paul pedro pete peter phil philip pierre rafael ralph rand randy raymond recep reince rex richard rick "
    "rishi rob robert roger roland ron ronald roy rudy russell ryan sam samuel scott sean sebastian sergei shinzo "
    "simon stanley stephen steve steven stuart ted terry theodore thomas tim timothy toby todd tom tony travis "
    "trevor viktor vincent vladimir volodymyr wallace walter warren wayne will william winston xi yoshihide zachary"
)
FEMALE_NAMES = wordset(
    "abigail agnes aisha alexandra alexandria alice alison amanda amber amy ana andrea angela anita ann anna "
    "annalena anne annette annie antonia april arlene ashley audrey barbara beatrice becky beth betsy betty beverly "
    "brenda bridget camilla carla carly carmen carol caroline caryn catherine cecilia charlotte cheryl chloe "
    "christiane christina christine cindy claire clara claudia colleen condoleezza cynthia daisy dana debbie deborah "
    "debra denise diana diane dianne dolores donna doris dorothy edith eileen elaine eleanor elena elisabeth elise "
    "elizabeth ellen emily emma erica erin estelle esther eva eve evelyn federica florence frances gabriela gail "
    "geraldine gina ginni giorgia gladys gloria grace greta gretchen gwen hannah harriet heather heidi helen hillary "
    "hope huma ingrid irene iris isabel ivanka jacinda jackie jacqueline jane janet janice jean jeanne jen jennifer "
    "jenny jessica jill joan joanna joanne josephine joyce judith judy julia juliana julie june kamala karen karine "
    "karoline kate katherine kathleen kathy katie kayleigh kellyanne kirsten kristi kristina laura lauren lillian "
    "linda lisa liz lois loretta louise lucy lydia lynn madeleine maggie marcia margaret maria marianne marie "
    "marilyn marine marsha martha mary maureen megan megyn melania melissa mette michele michelle miranda monica "
    "nadia nancy naomi natalie nicola nicole nina nora olivia pamela patricia patty paula peggy penny phyllis priti "
    "rachel rebecca renee rhonda rita roberta rosa rose roxana ruth sally samantha sandra sanna sara sarah shannon "
    "sharon sheila shirley sonia sophia sophie stacey stella stephanie sue susan suzanne svetlana sylvia tamara "
    "tammy tanya tara teresa theresa tina tracy tulsi ursula valerie vanessa vera veronica victoria viola virginia "
    "wanda wendy whitney yvette yvonne zoe"
)


def gender_of(given: str, roles: frozenset[str] | set[str]) -> str | None:
    """Return `m` or `f` when a title, a role or a common given name tells it, else None."""
    if roles & MALE_ROLES:
        return "m"
    if roles & FEMALE_ROLES:
        return "f"
    name = given.lower().rstrip(".")
    if name in MALE_NAMES and name not in FEMALE_NAMES:
        return "m"
    return "f" if name in FEMALE_NAMES and name not in MALE_NAMES else None
