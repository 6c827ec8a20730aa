"""Messages as a page that looks like Discord's dark theme: one file, without scripts or external resources."""

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from bot.languages.spoken import spoken_language
from preview.discord.messages import BUTTON, CONTAINER, ROW, SECTION, SELECTS, SEPARATOR, TEXT, THUMBNAIL
from preview.discord.objects import EPHEMERAL, Json
from preview.markdown import Line, Reader, Shape, Span, lines_of, spans_of
from preview.person import button_label, field_rows, reader_of, select_label

_ONLY_YOU = {
    "en": "Only you can see this",
    "de": "Nur du kannst das sehen",
    "pt_BR": "Só você pode ver isso",
}
"""What Discord itself writes under a private message."""
_CSS = """
*{box-sizing:border-box}
body{margin:0;padding:18px 0;background:#313338;color:#dbdee1;
font:16px/1.375 "gg sans","Noto Sans","Helvetica Neue",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
a{color:#00a8fc;text-decoration:none}
.message{position:relative;padding:4px 20px 6px 76px;margin-bottom:14px;max-width:760px}
.message.private{background:#3a3b5140}
.face{position:absolute;left:18px;top:6px;width:42px;height:42px;border-radius:50%;background:#5865f2;color:#fff;
display:flex;align-items:center;justify-content:center;font-weight:700;font-size:20px}
.head b{color:#f2f3f5;font-weight:600}
.head time,.edited{color:#949ba4;font-size:12px;margin-left:8px}
.app{background:#5865f2;color:#fff;border-radius:4px;font-size:10px;font-weight:600;padding:2px 5px;
margin-left:6px;vertical-align:2px}
.line{min-height:1.375em;white-space:pre-wrap}
.quoted{border-left:4px solid #4e5058;padding-left:10px;border-radius:3px}
.small{font-size:13px;color:#949ba4}
.heading1{font-size:24px;font-weight:700}.heading2{font-size:20px;font-weight:700}.heading3{font-weight:700}
.item:before{content:"•";display:inline-block;width:18px;margin-left:calc(var(--level)*18px)}
.line.code{background:#2b2d31;padding:0 8px;font:14px/1.4 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.bold{font-weight:700}.italic{font-style:italic}.underline{text-decoration:underline}
.strike{text-decoration:line-through}.spoiler{background:#4e5058;border-radius:3px;padding:0 3px}
span.code{background:#2b2d31;border-radius:3px;padding:0 4px;
font:85% ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.mention{background:#5865f24d;color:#c9cdfb;border-radius:3px;padding:0 2px;font-weight:500}
.time{background:#4e505866;border-radius:3px;padding:0 2px}
.embed,.container{background:#2b2d31;border-left:4px solid #4e5058;border-radius:4px;padding:10px 16px 14px 12px;
margin-top:6px;max-width:520px;font-size:14px}
.embed .author{font-weight:600;color:#f2f3f5;margin-bottom:4px}
.embed .title{font-weight:600;color:#f2f3f5;font-size:16px;margin-bottom:4px}
.fields{display:flex;gap:16px;margin-top:8px}.field{flex:1;min-width:0}
.field .name{font-weight:600;color:#f2f3f5}
.footer{color:#b5bac1;font-size:12px;margin-top:8px}
.picture{margin-top:8px;padding:18px;border-radius:4px;background:#1e1f22;color:#949ba4;font-size:12px;text-align:center}
.attached{display:block;max-width:100%;width:400px;border-radius:8px;margin-top:6px}
.file{margin-top:6px;max-width:520px;border-radius:8px;background:#1e1f22;padding:10px 12px 0;overflow:hidden}
.file div{font:12px/1.5 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:nowrap}
.file .name{background:#2b2d31;margin:8px -12px 0;padding:8px 12px;color:#f2f3f5}
.file .name span{color:#949ba4}
.sign{display:inline-flex;width:1.1em;height:1.1em;border-radius:4px;align-items:center;justify-content:center;
font-size:85%;font-weight:700;color:#fff;vertical-align:-1px}
.sign.good{background:#248046}.sign.bad{background:#da373c}.sign.warns{background:#c27c0e}.sign:empty{border-radius:50%}
.thumb{float:right;width:72px;height:72px;margin:0 0 8px 12px;padding:6px;border-radius:4px;background:#1e1f22;
color:#949ba4;font-size:10px;line-height:1.2;overflow:hidden;text-align:center}
.section:after,.embed:after{content:"";display:block;clear:both}
.row{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}
.button{display:inline-block;min-width:60px;text-align:center;padding:6px 14px;border-radius:8px;color:#fff;
font-size:14px;font-weight:500;background:#4e5058}
.button.style1{background:#5865f2}.button.style3{background:#248046}.button.style4{background:#da373c}
.disabled{opacity:.5}
.select{background:#1e1f22;border-radius:4px;padding:9px 12px;width:320px;max-width:100%}
.select{color:#949ba4;font-size:14px;display:flex;justify-content:space-between;gap:8px}.select:after{content:"⌄"}
.only{color:#949ba4;font-size:12px;margin-top:4px}
hr{border:0;border-top:1px solid #4e5058}
"""

_LINES_OF_A_FILE = 6
_SIGNS = {
    "✅": ("good", "✓"),
    "❌": ("bad", "✕"),
    "⚠": ("warns", "!"),
    "🟢": ("good", ""),
    "🟠": ("warns", ""),
    "🔴": ("bad", ""),
    "✏": ("noted", "✎"),
}
"""The emoji of messages, and how they are drawn."""


def page_of(
    messages: Iterable[Json],
    *,
    title: str = "Hearsay",
    now: datetime | None = None,
    names: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> str:
    """Return an HTML page that shows these API message objects, the first at the top.

    `names` gives the names of mentioned channels, roles and users by id; relative times are shown as of `now`.
    `pictures` are the PNG files of attachments by their addresses; of others the description is shown. All text is
    escaped, and links lead to http and https addresses only.
    """
    known = pictures or {}
    shown = "\n".join(_message(message, reader_of(message, now, names), known) for message in messages)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_CSS}</style></head>\n<body>\n{shown}\n</body></html>\n"
    )


def _message(message: Json, reader: Reader, pictures: Mapping[str, bytes]) -> str:
    author = message["author"]
    name = str(author.get("global_name") or author["username"])
    app = '<span class="app">APP</span>' if author.get("bot") else ""
    moment = escape(_clock_time(message["timestamp"]))
    parts = [
        f'<div class="face" aria-hidden="true">{escape(name[:1].upper())}</div>',
        f'<div class="head"><b>{escape(name)}</b>{app}<time>{moment}</time></div>',
        _text(message["content"], reader),
        '<span class="edited">(edited)</span>' if message.get("edited_timestamp") else "",
        *[_attachment(one, pictures) for one in message.get("attachments") or []],
        *[_embed(embed, reader) for embed in message["embeds"]],
        _components(message["components"], reader),
    ]
    private = bool(message["flags"] & EPHEMERAL)
    if private:
        told = _ONLY_YOU.get(spoken_language().code, _ONLY_YOU["en"])
        parts.append(f'<div class="only">{told}</div>')
    return f'<article class="message{" private" if private else ""}">{"".join(parts)}</article>'


def _clock_time(timestamp: str) -> str:
    return f"{datetime.fromisoformat(timestamp):%d/%m/%Y %H:%M}"


def _text(text: str, reader: Reader) -> str:
    return "".join(_line(line) for line in lines_of(text, reader))


def _line(line: Line) -> str:
    kinds = ["line"]
    if line.shape is Shape.HEADING:
        kinds.append(f"heading{line.level}")
    elif line.shape is not Shape.PLAIN:
        kinds.append(line.shape.value)
    if line.quoted:
        kinds.append("quoted")
    level = f' style="--level:{line.level}"' if line.shape is Shape.ITEM else ""
    return f'<div class="{" ".join(kinds)}"{level}>{_spans(line.spans)}</div>'


def _spans(spans: Iterable[Span]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    made = _with_signs(escape(span.text))
    if span.styles:
        made = f'<span class="{" ".join(sorted(style.value for style in span.styles))}">{made}</span>'
    return _link(made, span.link)


def _with_signs(text: str) -> str:
    """Return a text with the emoji that a message uses as marks drawn: few machines have a font for them."""
    for sign, (kind, drawn) in _SIGNS.items():
        text = text.replace(sign, f'<span class="sign {kind}">{drawn}</span>')
    return text.replace("\ufe0f", "")


def _link(made: str, address: str | None) -> str:
    """Return the markup `made` as a link if the address is http or https."""
    if not address or urlsplit(address).scheme not in ("http", "https"):
        return made
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{made}</a>'


def _embed(embed: Json, reader: Reader) -> str:
    author = embed.get("author") or {}
    parts = [_thumbnail("picture")] if "thumbnail" in embed else []
    if author:
        parts.append(f'<div class="author">{_link(escape(author["name"]), author.get("url"))}</div>')
    if embed.get("title"):
        title = _link(_spans(spans_of(embed["title"], reader)), embed.get("url"))
        parts.append(f'<div class="title">{title}</div>')
    parts.append(_text(embed.get("description") or "", reader))
    for row in field_rows(embed.get("fields") or []):
        fields = "".join(_field(field, reader) for field in row)
        parts.append(f'<div class="fields">{fields}</div>')
    if "image" in embed:
        parts.append(_picture(urlsplit(embed["image"]["url"]).path))
    stamp = _clock_time(embed["timestamp"]) if embed.get("timestamp") else None
    foot = " • ".join(part for part in ((embed.get("footer") or {}).get("text"), stamp) if part)
    if foot:
        parts.append(f'<div class="footer">{escape(foot)}</div>')
    return f'<div class="embed"{_bar(embed.get("color"))}>{"".join(parts)}</div>'


def _bar(colour: int | None) -> str:
    return f' style="border-left-color:#{colour:06x}"' if colour else ""


def _field(field: Json, reader: Reader) -> str:
    name, value = _spans(spans_of(field["name"], reader)), _text(field["value"], reader)
    return f'<div class="field"><div class="name">{name}</div>{value}</div>'


def _attachment(attachment: Json, pictures: Mapping[str, bytes]) -> str:
    """Return a file of a message: a picture or file if it is known, otherwise its description."""
    told = str(attachment.get("description") or attachment["filename"])
    known = pictures.get(attachment.get("url", ""))
    if known is None:
        return _picture(told)
    if not attachment["filename"].endswith(".png"):
        return _file(str(attachment["filename"]), known)
    data = base64.b64encode(known).decode()
    return f'<img class="attached" alt="{escape(told)}" src="data:image/png;base64,{data}">'


def _file(name: str, content: bytes) -> str:
    """Return a text file as Discord shows one: its first lines, its name, its size."""
    lines = content.decode("utf-8", "replace").lstrip("\ufeff").splitlines()[:_LINES_OF_A_FILE]
    shown = "".join(f"<div>{escape(line)}</div>" for line in lines)
    size = f"{max(len(content) / 1000, 0.1):.1f} kB"
    return f'<div class="file">{shown}<div class="name">{escape(name)} <span>{size}</span></div></div>'


def _picture(told: str) -> str:
    """Return a placeholder for a picture, which is not loaded, with its description."""
    return f'<div class="picture">{escape(told)}</div>'


def _thumbnail(told: str) -> str:
    return f'<div class="thumb">{escape(told)}</div>'


def _components(components: Iterable[Json], reader: Reader) -> str:
    return "".join(_component(component, reader) for component in components)


def _component(component: Json, reader: Reader) -> str:
    kind = component["type"]
    off = " disabled" if component.get("disabled") else ""
    made = ""
    if kind == ROW:
        made = f'<div class="row">{_components(component["components"], reader)}</div>'
    elif kind == BUTTON:
        label = escape(button_label(component))
        button = f'<span class="button style{int(component["style"])}{off}">{label}</span>'
        made = _link(button, component.get("url"))
    elif kind in SELECTS:
        made = f'<span class="select{off}">{escape(select_label(component))}</span>'
    elif kind == TEXT:
        made = _text(component["content"], reader)
    elif kind == SECTION:
        made = (
            f'<div class="section">{_components([component["accessory"], *component["components"]], reader)}</div>'
        )
    elif kind == THUMBNAIL:
        made = _thumbnail(component.get("description") or "picture")
    elif kind == CONTAINER:
        inner = _components(component["components"], reader)
        made = f'<div class="container"{_bar(component.get("accent_color"))}>{inner}</div>'
    elif kind == SEPARATOR:
        made = "<hr>"
    return made
