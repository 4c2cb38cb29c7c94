"""The document while it is written: headings, sentences, tables, pictures, contents."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm

from siting.review.report import marks
from siting.review.report.columns import Column, widths_cm
from siting.review.report.marks import element, paragraph, run, visible
from siting.review.report.styles import lay_out
from siting.review.report.writing import Writing

zip_time = (1980, 1, 1, 0, 0, 0)
"""The time of the parts of the file: the earliest that a ZIP archive knows."""
twips_per_cm = 567
portrait_cm, landscape_cm = 16.0, 24.7
picture_cm = 15.8
most_in_property = 255
"""Characters that Word takes for a property of a file."""
after_update_fields = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat")
"""What follows the wish to update fields among the settings."""
cjk_numbers = "零一二三四五六七八九十"


@dataclass
class Paper:
    """A document that is being written.

    Attributes
    ----------
    pen
        How texts and figures are written.
    replaced
        Characters replaced by visible marks so far.
    """

    pen: Writing
    replaced: int = 0
    _document: Any = field(init=False)
    _wide_cm: float = portrait_cm
    _counts: dict[str, int] = field(default_factory=dict)
    _headings: list[tuple[int, str, str]] = field(default_factory=list)
    _contents: Any = None
    _in_annex: bool = False

    def __post_init__(self) -> None:
        """Begin an empty A4 document."""
        self._document = Document()
        lay_out(self._document, self.pen.lang)

    def text(self, text: str) -> str:
        """Return a text as the document can hold it."""
        shown, count = visible(text)
        self.replaced += count
        return shown

    def _add(self, made: Any) -> None:  # noqa: ANN401
        self._document.element.body.insert_element_before(made, "w:sectPr")

    def line(self, style: str, text: str) -> None:
        """Write a paragraph of a style, by its id."""
        self._add(paragraph(style, [run(self.text(text))]))

    def sentences(self, *texts: str) -> None:
        """Write sentences as one paragraph; empty ones are left out."""
        told = [text for text in texts if text]
        if told:
            self.line("BodyText", ("" if self.pen.lang == "zh" else " ").join(told))

    def bullets(self, texts: Iterable[str]) -> None:
        """Write a list."""
        for text in texts:
            self.line("ListBullet", text)

    def heading(self, level: int, key: str) -> None:
        """Write a numbered heading, whose text is one of ours."""
        text = self.pen.word[key]
        number = len(self._headings) + 1
        name = f"_Toc{number:06d}"
        self._headings.append((level, text, name))
        runs = marks.bookmarked([run(text)], number, name)
        self._add(paragraph(f"Heading{level}", runs))

    def front_heading(self, key: str) -> None:
        """Write a heading without a number, which the contents leave out."""
        self.line("FrontHeading", self.pen.word[key])

    def number(self, kind: str, ahead: int = 1) -> str:
        """Return the label of a coming table, annex or figure: the next one, or one after."""
        return f"{self.pen.word[f'{kind}_label']}{self._counts.get(kind, 0) + ahead}"

    def _caption(self, kind: str, text: str, *, above: bool) -> str:
        label = self.pen.word[f"{kind}_label"]
        self._counts[kind] = self._counts.get(kind, 0) + 1
        number = str(self._counts[kind])
        sequence = {"table": "Table", "figure": "Figure", "annex": "Annex"}[kind]
        gap = "　" if self.pen.lang == "zh" else "  "
        runs = [
            run(label),
            *marks.field(f"SEQ {sequence} \\* ARABIC", number),
            run(gap + self.text(text)),
        ]
        self._add(paragraph("Caption", runs, keeps=above))
        return f"{label}{number}{gap}{text}"

    def table(
        self,
        caption: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[str]],
        *,
        last_is_total: bool = False,
        ditto: Sequence[int] = (),
        group: int | None = None,
    ) -> None:
        """Write a table under its numbered caption; in the annexes, one of the annex."""
        self._caption("annex" if self._in_annex else "table", caption, above=True)
        header = [self.text(column.name) for column in columns]
        cells = [[self.text(cell) for cell in row] for row in rows]
        widths = widths_cm(columns, header, cells, self._wide_cm)
        self._add(
            marks.table(
                header,
                cells,
                [int(width * twips_per_cm) for width in widths],
                [column.numeric for column in columns],
                last_is_total,
                ditto,
                group,
                self.pen.word["as_above"],
            )
        )
        self._add(paragraph("TableGap"))

    def hint(self, text: str) -> None:
        """Write a small remark under a table or figure."""
        self.line("Hint", text)

    def picture(self, caption: str, png: bytes, alt: str) -> None:
        """Place a picture over its numbered caption."""
        shown = self._document.add_paragraph(style="Cover Line")
        shown.paragraph_format.keep_with_next = True
        drawn = shown.add_run().add_picture(BytesIO(png), width=Cm(picture_cm))
        told = drawn._inline.docPr  # noqa: SLF001  (python-docx has no other way to describe one)
        told.set("descr", self.text(alt))
        self._caption("figure", caption, above=False)

    def page_break(self) -> None:
        """Begin a new page."""
        self._add(element("p", [element("r", [element("br", type="page")])]))

    def contents(self) -> None:
        """Leave the place of the contents, which are written when all headings are known."""
        self._contents = paragraph("TOC1")
        self._add(self._contents)

    def annexes(self) -> None:
        """Begin the annexes on pages turned on their side."""
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21.0)
        section.different_first_page_header_footer = False
        section.top_margin = section.bottom_margin = Cm(1.9)
        self._wide_cm, self._in_annex = landscape_cm, True

    def headers(self, title: str) -> None:
        """Write the title over every page but the first, and its number below."""
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        header = section.header.paragraphs[0]._p  # noqa: SLF001
        header.append(run(self.text(title)))
        footer = section.footer.paragraphs[0]._p  # noqa: SLF001
        before, rest = self.pen.word["page_of"].split("{page}")
        between, after = rest.split("{pages}")
        footer.extend(
            [run(before), *marks.field("PAGE", "1"), run(between),
             *marks.field("NUMPAGES", "1"), run(after)]
        )  # fmt: skip

    def _write_contents(self) -> None:
        """Write the contents: a field that Word fills, which until then lists the headings."""
        shown = self._contents
        parent = shown.getparent()
        at = parent.index(shown)
        parent.remove(shown)
        lines = [
            paragraph(
                f"TOC{level}",
                [element("hyperlink", [run(number + text)], anchor=name, history=1)],
            )
            for (level, text, name), number in zip(self._headings, self._numbers(), strict=True)
        ]
        instruction = marks.field('TOC \\o "1-2" \\h \\z \\u', "")
        lines[0].insert(1, instruction[0])
        lines[0].insert(2, instruction[1])
        lines[0].insert(3, instruction[2])
        lines[-1].append(instruction[4])
        for i, made in enumerate(lines):
            parent.insert(at + i, made)
        settings = self._document.settings.element
        after = [settings.find(qn(f"w:{name}")) for name in after_update_fields]
        asked = element("updateFields", val="true")
        first = next((found for found in after if found is not None), None)
        if first is None:
            settings.append(asked)
        else:
            first.addprevious(asked)

    def _numbers(self) -> list[str]:
        """Return the numbers of the headings, as their styles write them."""
        found, first, second = [], 0, 0
        for level, _, _ in self._headings:
            first, second = (first + 1, 0) if level == 1 else (first, second + 1)
            if self.pen.lang == "zh":
                told = _chinese(first if level == 1 else second)
                found.append(f"{told}、" if level == 1 else f"（{told}）")
            else:
                found.append(f"{first} " if level == 1 else f"{first}.{second} ")
        return found

    def to_bytes(self, title: str) -> bytes:
        """Return the file; equal documents give equal bytes."""
        if self._contents is not None and self._headings:
            self._write_contents()
        about = self._document.core_properties
        about.title = self.text(title)[:most_in_property]
        about.author, about.comments = "siting", ""
        core = about._element  # noqa: SLF001
        for name in ("dcterms:created", "dcterms:modified"):
            for found in core.findall(name, {"dcterms": "http://purl.org/dc/terms/"}):
                core.remove(found)
        stream = BytesIO()
        self._document.save(stream)
        return _same_bytes(stream)


def _chinese(number: int) -> str:
    """Return a number below 20 in Chinese."""
    return cjk_numbers[number] if number <= 10 else f"十{cjk_numbers[number - 10]}"


def _same_bytes(stream: BytesIO) -> bytes:
    """Return an archive again without the time at which it was written."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(stream) as read,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in read.namelist():
            about = zipfile.ZipInfo(name, zip_time)
            about.create_system, about.external_attr = 0, 0
            about.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(about, read.read(name))
    return packed.getvalue()
