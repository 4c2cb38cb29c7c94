"""The styles of the report: A4, Chinese fonts, numbered headings, one kind of table."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from siting.review.report.marks import element

text_font = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "宋体"}
head_font = {"ascii": "Arial", "hAnsi": "Arial", "eastAsia": "黑体"}
ink, blue, soft = RGBColor(0x1D, 0x27, 0x33), RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x5A, 0x68, 0x75)
table_border = "8FA3B5"
heading_number = 77
"""Number of the list that numbers the headings."""
levels = {
    "zh": (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）")),
    "en": (("decimal", "%1"), ("decimal", "%1.%2")),
}
"""Language -> kind of number and its text, for each level of heading."""


def lay_out(document: Document, lang: str) -> None:
    """Give a new document the styles of a report."""
    _base(document, lang)
    _number_headings(document, lang)
    for level, (size, before, after) in enumerate(((16, 18, 10), (13, 12, 6)), 1):
        style = document.styles[f"Heading {level}"]
        _font(style, head_font, size, bold=True, color=blue)
        _spacing(style, before, after, 1.15)
        style.paragraph_format.keep_with_next = True
    body = document.styles["Body Text"]
    _font(body, text_font, 11.5, color=ink)
    _spacing(body, 0, 5, Pt(20))
    if lang == "zh":
        body.element.get_or_add_pPr().append(element("ind", firstLineChars="200", firstLine="460"))
    bullet = document.styles["List Bullet"]
    _font(bullet, text_font, 11, color=ink)
    _spacing(bullet, 0, 3, Pt(18))
    caption = document.styles["Caption"]
    _font(caption, head_font, 10, bold=False, color=ink)
    _spacing(caption, 5, 4, 1.1)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, font, size, bold in (
        ("Table Text", text_font, 9, False),
        ("Table Head", head_font, 9, True),
        ("Hint", text_font, 9, False),
        ("Table Gap", text_font, 4, False),
    ):
        style = _new(document, name)
        _font(style, font, size, bold=bold, color=soft if name == "Hint" else ink)
        _spacing(style, 0.5, 8 if name == "Hint" else 0.5, Pt(max(size * 1.38, 5)))
    _front(document)
    document.styles.element.append(_table_style())


def _base(document: Document, lang: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    normal = document.styles["Normal"]
    _font(normal, text_font, 10.5, color=ink)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for tag in ("w:rFonts", "w:lang"):
        for found in defaults.findall(qn(tag)):
            defaults.remove(found)
    defaults.insert(0, element("rFonts", **text_font, cs="Times New Roman"))
    told = "zh-CN" if lang == "zh" else "en-GB"
    defaults.append(element("lang", val=told, eastAsia="zh-CN", bidi="ar-SA"))


def _front(document: Document) -> None:
    """Add the styles of cover, contents, header and unnumbered headings."""
    for name, font, size, bold, color, before, after in (
        ("Cover Title", head_font, 22, True, ink, 150, 14),
        ("Cover Kind", head_font, 16, False, blue, 0, 60),
        ("Cover Line", text_font, 12, False, ink, 0, 6),
        ("Cover Mark", head_font, 10.5, False, RGBColor(0xA6, 0x3A, 0x16), 4, 4),
        ("Front Heading", head_font, 16, True, blue, 6, 10),
        ("toc 1", text_font, 11.5, False, ink, 3, 1),
        ("toc 2", text_font, 10.5, False, soft, 0, 1),
    ):
        style = _new(document, name)
        _font(style, font, size, bold=bold, color=color)
        _spacing(style, before, after, 1.2)
        if name.startswith("Cover") or name == "Front Heading":
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if name == "toc 2":
            style.paragraph_format.left_indent = Cm(0.8)
    for name in ("Header", "Footer"):
        _font(document.styles[name], text_font, 9, color=soft)
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _new(document: Document, name: str) -> Any:  # noqa: ANN401  (a style of docx)
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    if name.startswith("toc"):
        style.element.styleId = name.upper().replace(" ", "")
    style.base_style = document.styles["Normal"]
    return style


def _font(
    style: Any,  # noqa: ANN401
    fonts: dict[str, str],
    size: float,
    *,
    bold: bool | None = None,
    color: RGBColor,
) -> None:
    style.font.size, style.font.color.rgb = Pt(size), color
    style.font.italic = False
    if bold is not None:
        style.font.bold = bold
    found = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(found.attrib):
        del found.attrib[name]
    for name, font in fonts.items():
        found.set(qn(f"w:{name}"), font)


def _spacing(style: Any, before: float, after: float, line: float | Pt) -> None:  # noqa: ANN401
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = line  # a length is exact, whatever the font


def _number_headings(document: Document, lang: str) -> None:
    """Let a list of Word number the headings, by their styles."""
    numbering = document.part.numbering_part.element
    suffix = "nothing" if lang == "zh" else "space"
    parts = [
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="Heading{i + 1}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for i, (kind, text) in enumerate(levels[lang])
    ]
    drawn = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{heading_number}">'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(parts)}</w:abstractNum>'
    )
    numbering.insert(0, drawn)
    numbering.append(
        element("num", [element("abstractNumId", val=heading_number)], numId=heading_number)
    )
    for i in range(len(levels[lang])):
        about = document.styles[f"Heading {i + 1}"].element.get_or_add_pPr()
        number = about.get_or_add_numPr()
        number.get_or_add_ilvl().val = i
        number.get_or_add_numId().val = heading_number


def _table_style() -> Any:  # noqa: ANN401  (an element of docx)
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{table_border}"'
    thick = f'w:val="single" w:sz="10" w:space="0" w:color="{table_border}"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="SitingTable">'
        '<w:name w:val="Siting Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>'
        f"<w:tblPr><w:tblBorders><w:top {thick}/><w:left {line}/><w:bottom {thick}/>"
        f"<w:right {line}/><w:insideH {line}/><w:insideV {line}/></w:tblBorders>"
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
        "</w:style>"
    )
