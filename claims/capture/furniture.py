"""Lines that stand on a page round an article and are not the article: prompts, links, credits, notices.

A rule matches a whole short line, or a line that begins as only furniture does, in the languages newsrooms around us
write. A line of prose that merely mentions a newsletter is left alone: losing a claim is worse than keeping a prompt.
The phrases were collected on 495 pages of trafilatura's evaluation set; `benchmarks/readable.py` measures what they do.
"""

import re
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 320
"""Characters. Prompts are short; a longer paragraph is prose, whatever it begins with."""

_END: Final = r"\s*[:.!?…»>→|]*$"
"""What may follow a phrase that fills its line."""

_SEE_ALSO: Final = (
    r"(?:[»>→•*]\s*)*(?:read|see|watch|listen|find out|discover) (?:also|more|next|the full)\b"
    r"(?:\s*[:»>→|…-]| (?:about|here|on|in|at|story)\b|\W*$)",
    r"(?:also read|see also|also see|must read|read|watch)\s*[:»>→|]",
    r"(?:related|recommended|popular|trending|more)"
    r"(?: (?:articles?|stor(?:y|ies)|news|content|topics?|posts?|links?|coverage|reading|videos?))?\s*(?::.*)?$",
    r"(?:more (?:on|from|about)|most (?:read|popular|viewed)|editor[’']?s[’']? (?:picks?|choice)|up next"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)|(?:keep|continue) reading|don[’']t miss)\b[^.]{0,60}$",
    r"(?:lesen sie|lies|lest|sehen sie|hier lesen sie) (?:hier(?:zu)?|auch|mehr|dazu|weiter)\b.{0,120}$",
    rf"(?:auch (?:lesen|interessant|spannend)|siehe auch|passend dazu|(?:zum )?weiterlesen)(?:\s*:|{_END})",
    r"das könnte (?:sie|dich|euch) (?:auch )?interessieren\b|mehr (?:zum thema|themen)\b.{0,80}$",
    rf"mehr (?:dazu|infos?|lesen)(?:\s*:| (?:lesen|finden|gibt|auf|auch|hier|zu[mr]?|in|im)\b.{{0,120}}$|{_END})",
    r"(?:weitere|empfohlene|verwandte) (?:artikel|beiträge|themen|informationen|meldungen|nachrichten)"
    rf"(?:\s*:| (?:zu[mr]?|finden|gibt|hier|auf|über)\b.{{0,120}}$|{_END})",
    r"(?:à|a) (?:lire|voir|découvrir) (?:aussi|également)\b|(?:lire|voir) (?:aussi|également|la suite)\b",
    r"pour (?:aller plus loin|lire la suite|accéder (?:à|en))\b|sur le même (?:sujet|thème)\b",
    r"(?:lea|lee|leer|vea|ver|mire|mira) (?:también|más|además)\b|(?:mire|vea|lea)\s*:",
    r"(?:le|te) puede(?:n)? interesar\b|contenidos? relacionados?\b",
    r"(?:leggi|guarda) anche\b|(?:leia|veja) (?:também|mais)\b|(?:lees|bekijk) ook\b|läs (?:också|mer)\b",
    r"(?:czytaj|zobacz|przeczytaj|sprawdź) (?:też|także|również|więcej|dalej)\b|dowiedz się więcej\b",
    r"читайте так(?:же|ож)\b",
)

_PLATFORM: Final = (
    r"(?:facebook|twitter|instagram|telegram|whatsapp|youtube|tiktok|linkedin|pinterest|reddit|flipboard|google news"
    r"|bluesky|mastodon|threads|x)"
)
_BUTTON: Final = rf"(?:share|tweet|print|e-?mail|save|copy link|{_PLATFORM})"

_SHARE: Final = (
    r"share (?:on|via|this|article|story|page)\b(?: (?:article|story|page|post|on|via))*.{0,40}$",
    rf"(?:share|tweet|print|e-?mail|copy link|teilen|drucken|partager|imprimer|compartir|condividi|udostępnij){_END}",
    rf"{_BUTTON}(?:[\s,/|·•]+(?:{_BUTTON}|comments?|\d+))+$",
    r"(?:artikel|beitrag|seite) teilen\b.{0,40}$|teilen mit\b.{0,40}$",
    rf"(?:follow|like|find|join) us(?: on\b.{{0,120}}$|\s*:|{_END})",
    rf"(?:follow|join|like) .{{1,60}} on {_PLATFORM}\b.{{0,80}}$",
    r"(?:folgen sie|folge|folgt) uns\b.{0,120}$|(?:suivez[- ]nous|síguenos|seguici|obserwuj nas)\b.{0,120}$",
)

_SUBSCRIBE: Final = (
    rf"(?:please )?(?:sign up|subscribe)(?: (?:now|today|here|free))?(?:{_END}| (?:for|to|and|with)\b)",
    r"(?:get|receive|join|want) .{0,100}\b(?:newsletters?|in(?:to)? your inbox|daily (?:edition|briefing) by)\b",
    r"(?:to (?:view|read|continue reading|access)|for) (?:the|this|our|more|unlimited|full)\b"
    r".{0,120}\b(?:subscribe|log ?in|sign ?in|(?:news)?\w* apps? for)\b",
    r"(?:if you[’']re (?:seeing|already)|(?:already|not) a (?:subscriber|member)|already have an account)\b"
    r".{0,80}\b(?:log ?in|sign ?in|subscribe)\b",
    r"if you (?:enjoyed|liked?) .{0,80}\b(?:subscribe|donat\w+|support(?:ing)? (?:our|us))\b",
    r"this (?:article|story|content) is (?:only )?(?:for|available to) (?:our )?(?:subscribers|members)\b",
    rf"(?:[\w ]{{0,30}} )?newsletters?{_END}",
    r"download (?:our|the) .{0,60}\bapp\b",
    r"(?:jetzt |hier |gleich )?(?:abonnieren|anmelden|registrieren)\b.{0,60}$",
    r"(?:melde dich|melden sie sich|abonniere|lust auf mehr|sie möchten|möchtest du|erhalten sie)\b"
    r".{0,200}\b(?:newsletter|posteingang|abo|e-paper)\b",
    r"(?:suscríbe(?:te|ase)|abonnez-vous|inscrivez-vous|iscriviti al|assine (?:a|o|já)|zapisz się|subskrybuj)\b",
)

_NOTICE: Final = (
    r"©.{0,200}$|(?:\(c\) ?(?:copyright )?|copyright ?)(?:by |©|\(c\)|:|(?:19|20)\d\d).{0,200}$",
    r".{0,120}\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados"
    r"|wszelkie prawa zastrzeżone)\b.{0,120}$",
    r"this (?:article|material|story) (?:may not be (?:copied|published|re\w+)|is (?:the )?copyrighted)\b",
    r"materiał chroniony prawem\b",
    r".{1,80}\bwebsite can (?:also )?be accessed (?:at|through|via)\b.{0,160}$",
    r".{0,120}\b(?:alternat(?:e|ive) (?:address(?:es)?|urls?|domains?)|mirror sites?)\s*:?$",
    r"our standards\s*:|\(?(?:additional )?reporting by [^.]{1,120}[;,] ?(?:editing|writing|additional|graphics)\b",
    r"\(?(?:(?:additional )?reporting|editing|writing) by [^.]{1,80}\)?\.?\)?$",
    r"\(?(?:anzeige|advertisement|advertising|sponsored|werbung|publicité|publicidad|reklama|ad)\)?(?:\s*[-:–].*)?$",
    r"\(?alle angaben ohne gewähr\W*$|(?:anzeige, )?(?:enthält )?affiliate[- ]links?\b.{0,120}$",
)

_CREDIT: Final = (
    r"(?:(?:file |archive )?(?:photo|image|picture|video)s?|photograph|illustration|fotos?|fot\.|bild|bilder|titelbild"
    r"|titelfoto|beitragsbild|symbolbild|archivbild|credits?|crédits?)(?: credit| source)?"
    r"\s*(?:[:©/|].{0,120}$|(?:by|courtesy|via)\b[^.!?]{0,80}$|\(cc\))",
    rf"\(?(?:file photo|stock image|photo|image|foto|bild|archivbild|symbolfoto)\)?{_END}",
    r"(?:afp|reuters|ap|dpa|getty images|pap|apa|epa|efe)(?:\s*/\s*[\w .-]{2,40})*$",
)

_INTERFACE: Final = (
    r"(?:skip to (?:main )?(?:content|navigation)|back to top|(?:open|close)? ?(?:menu|navigation)|search|log ?in"
    r"|sign in|my account|home|next|previous|print(?: this)? (?:page|article)|listen(?: to (?:this )?article)?"
    rf"|play(?: video)?|watch(?: now| live)?|loading|wird geladen|(?:show|load|see|read) more){_END}",
    r"(?:(?:view |leave a |post a )?(?:all )?(?:comments?|reply)(?: \(\d+\))?|\d+ comments?|kommentare?"
    rf"|kommentar schreiben|beiträge aus dem forum|bewerten|accept (?:all )?cookies|cookie settings){_END}",
    r"(?:bild anzeigen|inhaltsverzeichnis|inhalt|(?:table of )?contents|tags?|topics?|temas|themen|schlagwörter"
    rf"|seitenanfang|nach oben){_END}",
    r"(?:we use|this (?:site|website) uses|wir verwenden) cookies\b",
    r"(?:tags?|topics?|categor(?:y|ies)|kategorien?|keywords?|filed under|posted in|schlagw[öo]rter?|etiquetas|temas"
    r"|news date)\s*:.{0,160}$",
    r"[\W_]+$|-30-$",
    r"\d{1,3} min(?:ute[ns]?|s)?\.?(?: read| lesezeit)?$|(?:lesezeit|reading time)\b.{0,30}$",
    r"(?:letzte (?:änderung|aktualisierung)|(?:zuletzt )?(?:aktualisiert|geändert)(?: am)?|last (?:updated?|modified))"
    r"\s*:?\s*[\d(].{0,60}$",
    r"(?:https?://|www\.)\S+$|\S+@\S+\.[a-z]{2,}$",
    r"(?:[a-z\d-]+\.)+(?:com|org|net|gov|edu|int|info|news|tv|eu|ir|us|ca|au|nz|uk|ie|de|at|ch|fr|be|nl|es|pt|it|pl"
    r"|cz|se|no|dk|fi|gr|tr|ru|ua|by|il|in|cn|jp|kr|br|mx|ar|cl|co|za|ng|ke)$",
)


def _compiled(*groups: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule})" for group in groups for rule in group), re.IGNORECASE)


_RULE: Final = _compiled(_SEE_ALSO, _SHARE, _SUBSCRIBE, _NOTICE, _CREDIT, _INTERFACE)

_LIST_AHEAD: Final = _compiled(
    (
        rf"(?:related|recommended|popular|trending|more|latest)(?: (?:articles?|stories|news|posts?|videos?)){_END}",
        rf"(?:most (?:read|popular|viewed)|you (?:may|might) (?:also )?like|see also|read also|also read){_END}",
        rf"(?:leave a (?:comment|reply)|(?:\d+ )?comments?(?: \(\d+\))?|kommentare?){_END}",
        rf"(?:auch interessant|mehr zum thema|weitere (?:artikel|themen)|das könnte sie auch interessieren){_END}",
        rf"(?:à lire aussi|sur le même sujet|lea también|te puede interesar|leggi anche|czytaj też){_END}",
    )
)


def is_furniture(line: str) -> bool:
    """Say whether `line` (one paragraph) is a prompt, a link, a credit or a notice rather than a part of an article."""
    line = line.strip()
    return len(line) <= _LONGEST and _RULE.match(line) is not None


def heads_a_list_of_others(line: str) -> bool:
    """Say whether `line` is the heading over other articles, or over readers' comments: what follows is not ours."""
    return _LIST_AHEAD.match(line.strip()) is not None
