"""Lines that would run script on a page that printed one of them raw; each tells `window.ran` which one it is.

Made systematically: elements and their handlers in several spellings, ends of whatever may stand around a text,
attributes, addresses, encodings, foreign content that parsers mend wrongly, Markdown, templates, style and script.
The file named in `INJECTIONS` is used in their place, one line each:
`INJECTIONS=lines.txt python -m pytest tests/journeys/test_injection.py`.
"""

import base64
import os
from collections.abc import Callable, Iterator
from html import escape
from itertools import cycle, product
from pathlib import Path
from urllib.parse import quote

# Each is told its number and returns a line; a mark on every element names the line where its handler is too late.
Made = Callable[[int], str]
CALLS = (
    "ran({})",
    "window.ran({})",
    "top['ran']({})",
    "ran`{}`",
    "self.ran({})",
    "setTimeout('ran({})')",
    "eval('ran({})')",
)
ELEMENTS = (
    ("img src=x", "onerror"),
    ("img src=x", "onpointerover"),
    ("svg", "onload"),
    ("body", "onload"),
    ("video src=x", "onerror"),
    ("audio src=x", "onerror"),
    ("video><source src=x", "onerror"),
    ("details open", "ontoggle"),
    ("input autofocus", "onfocus"),
    ("select autofocus", "onfocus"),
    ("textarea autofocus", "onfocus"),
    ("button autofocus", "onfocus"),
    ("iframe src=x", "onload"),
    ("object data=x", "onerror"),
    ("embed src=x", "onload"),
    ("link rel=stylesheet href=x", "onerror"),
    ("style", "onload"),
    ("marquee", "onstart"),
    ("div tabindex=1 autofocus", "onfocusin"),
    ("div", "onpointerenter"),
    ("a href=x", "onmouseover"),
    ("form", "onsubmit"),
    ("svg><animate attributeName=x dur=1s", "onbegin"),
    ("math><mi tabindex=1 autofocus", "onfocus"),
    ("xyz contenteditable autofocus", "onfocus"),
    ("dialog open", "onclose"),
)
SPELLINGS = (
    "<{element} x-ran={n} {handler}={call}>",
    '<{element} x-ran="{n}" {handler}="{call}">',
    "<{element} x-ran='{n}' {handler} = '{call}'/>",
    "<{element} x-ran={n}/ {upper}={call}//>",
    "<{element}\tx-ran={n}\n{mixed}\x0c=\n{encoded} >",
)
ENDS = (
    '">',
    "'>",
    "`>",
    "-->",
    "--!>",
    "]]>",
    "*/",
    "?>",
    "%>",
    "}}",
    "%}",
    "</title>",
    "</textarea>",
    "</script>",
    "</ScRiPt\n>",
    "</style>",
    "</noscript>",
    "</template>",
    "</select></option>",
    "</option></select>",
    "</svg>",
    "</math>",
    "</xmp>",
    "</iframe>",
    "</a></p></div>",
    "</blockquote></bdi>",
    "</button></form>",
    "</time></dd></dl>",
    "</mark></td></tr></table>",
    '"/></use></svg>',
    "&quot;&gt;",
    "&#34;&#62;",
    "\\x22\\x3e",
    "\\u0022\\u003e",
    '\u2028">',
    "\ufeff'>",
    '\u202e">',
    '"\u0001>',
)
BODIES = (
    "<script x-ran={n}>{call}</script>",
    "<img x-ran={n} src=x onerror={call}>",
    "<svg/x-ran={n}/onload={call}>",
    "<a x-ran={n} href=javascript:{call}>lamps</a>",
    "<iframe x-ran={n} srcdoc='&lt;script&gt;parent.{call}&lt;/script&gt;'></iframe>",
)
QUOTES = ('" {} x="', "' {} x='", "` {} x=`", " {} ", '"\n{}\n"', "&quot; {} x=&quot;", '\\" {} x=\\"', "x/{}/")
ATTRIBUTES = (
    'autofocus x-ran={n} onfocus="{call}"',
    "x-ran={n} onmouseover={call}",
    "x-ran={n} onpointerrawupdate={call}",
    "x-ran={n} style=animation-name:x onanimationstart={call}",
    'x-ran={n} href="javascript:{call}"',
    'x-ran={n} formaction="javascript:{call}"',
    "x-ran={n} srcdoc='<script>{call}</script>'",
    "x-ran={n} ontransitionend={call}",
)
SCHEMES = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "\tjavascript:{}",
    "\x01javascript:{}",
    "java\tscript:{}",
    "java\nscript:{}",
    "java\rscript:{}",
    "javascript\t:{}",
    "javascript&colon;{}",
    "&#106;avascript:{}",
    "&#x6A;avascript&#58;{}",
    "j&Tab;avascript:{}",
    "javascript://port.example/%0a{}",
    "javascript://%E2%80%A8{}",
    "javascript:/*--></title></textarea>*/{}",
    "javascript:void({})",
    "javascript:'<script>{}</script>'",
    "vbscript:{}",
    "livescript:{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;charset=utf-8,%3Cscript%3E{}%3C/script%3E",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{}'/>",
    "DATA:text/html,<img src=x onerror={}>",
    "view-source:javascript:{}",
    "feed:javascript:{}",
    "blob:javascript:{}",
    "//javascript:{}",
    'https://port.example/"onmouseover={} x=',
    "https://port.example/'><script>{}</script>",
    "https://javascript:{}@port.example/",
)
LINKS = (
    "[lamps]({})",
    "![lamps]({})",
    "[lamps](<{}>)",
    "<{}>",
    "[lamps]: {}",
    "[1]({})",
    "[lamps](https://port.example/ '\" onmouseover={}')",
    "<a href={}>lamps</a>",
    '<form action="{}"><input type=submit autofocus>',
    '<meta http-equiv=refresh content="0;url={}">',
    '<base href="{}//">',
    '<svg><a xlink:href="{}"><text y=9>lamps</text></a></svg>',
    '<math><maction actiontype="statusline" xlink:href="{}">lamps</maction></math>',
    '<object data="{}"></object>',
    "<style>@import '{}';</style>",
    '<p style="background:url({})">lamps</p>',
    '<iframe src="{}"></iframe>',
)
SHAPES = (
    "<math><mtext><table><mglyph><style><!--</style>{body}",
    '<noscript><p title="</noscript>{body}">',
    '<svg></p><style><a id="</style>{body}">',
    "<form><math><mtext></form><form><mglyph><style></math>{body}",
    "<svg><foreignObject><p>{body}</p></foreignObject></svg>",
    "<svg><desc><![CDATA[</desc>{body}]]></svg>",
    "<svg><style>&lt;/style&gt;{body}</style></svg>",
    "<template>{body}</template>",
    "<table><td>{body}<table>",
    "<select><template>{body}</template></select>",
    "<textarea><!--</textarea>{body}-->",
    "<xmp><p title='</xmp>{body}'>",
    "<!--><p>{body}-->",
    "<!--[if IE]>{body}<![endif]-->",
    "<![CDATA[{body}]]>",
    "<?xml version='1.0'?>{body}",
    "<!DOCTYPE x [<!ENTITY y '{body}'>]>&y;",
    "<<p>{body}",
    "<p\ufffdx>{body}",
    "</p><p {body}",
    "<title><!--</title>{body}",
    "<plaintext>{body}",
    "<b><i></b>{body}</i>",
    '<svg><use href="data:image/svg+xml,{body}#x"/></svg>',
)
TEMPLATES = (
    "{{{{constructor.constructor('{call}')()}}}}",
    "{{% if 1 %}}<script>{call}</script>{{% endif %}}",
    "{{{{ '<script>{call}</script>'|safe }}}}",
    "${{{call}}}",
    "#{{{call}}}",
    "<%= {call} %>",
    "[[{call}]]",
    "%(ran)s<script>{call}</script>%s%%",
    "{{0}}{{name}}<script>{call}</script>",
    '"}});{call};//',
    "'}});{call};//",
    "\\';{call};//",
    "`;{call};//",
    "';{call};'",
    '"-{call}-"',
    "*/{call}/*",
    "\u2028{call}//",
    '"}}</script><script type="application/ld+json">{{"@type":"x","y":"{call}"}}</script><script>{call}</script>',
    "<!--<script>{call}//-->",
    "}}body{{background:url(javascript:{call})}}",
    "x:expression({call})",
    "-moz-binding:url(javascript:{call})",
    "\\3c/style\\3e<script>{call}</script>",
    "+ADw-script+AD4-{call}+ADw-/script+AD4-",
    "＜script＞{call}＜/script＞",
    "‹script›{call}‹/script›",
    "<script\u00a0x>{call}</script>",
    "<scr<script>ipt>{call}</scr</script>ipt>",
    "<script src=data:text/javascript,{call}></script>",
    "<script type=module>{call}</script>",
)
ENCODINGS: tuple[Callable[[str], str], ...] = (
    escape,
    lambda text: escape(escape(text)),
    quote,
    lambda text: quote(quote(text)),
    lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    lambda text: "".join(f"&#x{ord(letter):x}" for letter in text),
    lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    lambda text: "".join(f"\\x{ord(letter):02x}" for letter in text),
    lambda text: text.replace("<", "&lt").replace(">", "&gt"),
    lambda text: text.replace("<", "<\ufeff"),
    lambda text: "".join(f"\u200b{letter}" for letter in text),
    lambda text: f"data:text/html;base64,{base64.b64encode(text.encode()).decode()}",
)


def lines() -> list[str]:
    """Return the lines, each one different; those of the file named in `INJECTIONS` where that is set."""
    if path := os.environ.get("INJECTIONS"):
        text = Path(path).read_text(encoding="utf-8", errors="replace").replace("\0", "\ufffd")
        return list(dict.fromkeys(line for line in text.split("\n") if line.strip()))
    return [made(number) for number, made in enumerate(_made())]


def addresses(found: list[str]) -> list[str]:
    """Return what may stand where an address is asked for: the lines that are one, and each other as a part of one."""
    kinds = ("javascript:", "data:", "vbscript:")
    own = [line for line in found if line.strip().lower().startswith(kinds)]
    return own + [
        f"{way}{line}" for way, line in zip(cycle(("javascript:", "https://x.example/?")), found, strict=False)
    ]


def _made() -> Iterator[Made]:
    calls = cycle(CALLS)
    for (element, handler), spelling in product(ELEMENTS, SPELLINGS):
        yield _element(element, handler, spelling, next(calls))
    for end, body in product(ENDS, BODIES):
        yield _filled(end.replace("{", "{{").replace("}", "}}") + body, next(calls))
    for around, attribute in product(QUOTES, ATTRIBUTES):
        yield _filled(around.format(attribute), next(calls))
    for scheme in SCHEMES:
        yield _filled(scheme.format("{call}"), next(calls))
    for link, scheme in zip(LINKS * 4, cycle(SCHEMES), strict=False):
        yield _filled(link.format(scheme.format("{call}")), next(calls))
    for shape, body in product(SHAPES, BODIES[:3]):
        yield _filled(shape.format(body=body), next(calls))
    for template in TEMPLATES:
        yield _filled(template, next(calls))
    for encoding, body in product(ENCODINGS, BODIES[:3]):
        yield _encoded(encoding, body, next(calls))


def _element(element: str, handler: str, spelling: str, call: str) -> Made:
    def made(n: int) -> str:
        asked = call.format(n)
        return spelling.format(
            element=element,
            handler=handler,
            upper=handler.upper(),
            mixed="".join(letter.upper() if place % 2 else letter for place, letter in enumerate(handler)),
            call=asked,
            encoded="".join(f"&#{ord(letter)};" for letter in asked),
            n=n,
        )

    return made


def _filled(shape: str, call: str) -> Made:
    return lambda n: shape.format(call=call.format(n), n=n)


def _encoded(encoding: Callable[[str], str], body: str, call: str) -> Made:
    return lambda n: encoding(body.format(call=call.format(n), n=n))
