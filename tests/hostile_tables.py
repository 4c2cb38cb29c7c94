"""Hostile tables: CSV, Excel, the filled workbook."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl

from filled_workbook import edited as edited_book
from hostile_files import (
    Case,
    Harmless,
    Refused,
    Repaired,
    Spoil,
    after,
    appended,
    cell,
    cut,
    edited,
    encoded,
    endless,
    flipped,
    folder_for,
    holding,
    link_to_itself,
    pipe_for,
    repacked,
)

ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096
"""The first bytes of an OLE file: an old .xls, or an .xlsx with a password (MS-CFB 2.2)."""
entities = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>""" % b"".join(
    b'<!ENTITY a%d "%s">' % (i, b"&a%s;" % (str(i - 1).encode() if i else b"") * 10)
    for i in range(9)
)
outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
no_book = "is no Excel workbook"
broken_book = "cannot be read as a workbook"


def csv_files() -> list[Case]:
    def case(name, spoil, outcome, file="cells.csv"):
        return Case(f"CSV {name}", spoil, outcome, file=file)

    def put(name, column, value, words, file="cells.csv"):
        return case(name, cell(file, column, value), Refused(words), file)

    def rewritten(name, column, value, words):
        return case(name, cell("cells.csv", column, value), Repaired(words))

    file = "cells.csv"
    rows = "cell_id,lon,lat,residents\n"
    return [
        case("empty", holding(file, ""), Refused("is empty")),
        case("a BOM alone", holding(file, b"\xef\xbb\xbf"), Refused("is empty")),
        case("of a header alone", holding(file, rows), Refused("has no rows")),
        case("of blank lines", holding(file, "\n" * 1000), Refused("is empty")),
        case("of commas", holding(file, ",,,,\n" * 1000), Refused("is empty")),
        case("cut in a row", cut(file, 0.995), Repaired("the last line has no end")),
        case("cut in a quotation", appended(file, b'"x'), Refused("is not CSV")),
        case("with a BOM", encoded(file, "utf-8-sig"), Harmless("a BOM is passed over")),
        case("in UTF-16", encoded(file, "utf-16"), Refused(file)),
        case("in UTF-32", encoded(file, "utf-32-le"), Refused(file)),
        case(
            "in two encodings",
            appended(file, "江岸,1,1,1\n".encode() + b"\xbd\xad,1,1,\xff\n"),
            Refused("neither UTF-8 nor GB18030"),
        ),
        case("with NUL", appended(file, b"x\0y,114,30,5\n"), Refused("holds a NUL")),
        case("of NULs", holding(file, b"\0" * 4096), Refused(file)),
        case(
            "a workbook by content", holding(file, b"PK\x03\x04" + bytes(range(256))), Refused(file)
        ),
        case("a pipe", pipe_for(file), Refused("is no file but a pipe")),
        case("endless", endless(file), Refused("is no file but a pipe")),
        case("a link to itself", link_to_itself(file), Refused("cannot be read")),
        case(
            "with semicolons",
            lambda folder: (folder / file).write_text(
                (folder / file).read_text().replace(",", ";")
            ),
            Refused("is missing"),
        ),
        case(
            "with tabs",
            lambda folder: (folder / file).write_text(
                (folder / file).read_text().replace(",", "\t")
            ),
            Refused("is missing"),
        ),
        case(
            "with one field of 200 kB",
            appended(file, b"x" * 200_000 + b",1,1,1\n"),
            Refused("is not CSV"),
        ),
        case(
            "a row of 100,000 fields",
            appended(file, b"x" + b",1" * 100_000 + b"\n"),
            Refused("more values than the 4 columns"),
        ),
        case(
            "of old line ends",
            lambda folder: (folder / file).write_bytes(
                (folder / file).read_bytes().replace(b"\n", b"\r")
            ),
            Harmless("lines end with CR"),
        ),
        case(
            "a header twice", edited(file, "cell_id,lon", "lon,lon"), Refused("columns are 'lon'")
        ),
        case("the header again below", appended(file, rows.encode()), Refused("column lon")),
        case("a row twice", appended(file, b"a,1,1,1\n"), Refused(file)),
        case(
            "a million empty rows",
            appended(file, b",,,\n" * 1_000_000),
            Harmless("empty rows are passed over"),
        ),
        case("examples alone", holding(file, rows + "示例,1,1,1\n" * 3), Refused("has no rows")),
        put("NaN", "residents", "NaN", "a number of at least 0"),
        put("infinity", "residents", "-inf", "a number of at least 0"),
        put("1e308", "residents", "1e308", "column residents"),
        put("1e400", "residents", "1e400", "column residents"),
        put("negative zero people", "residents", "-0.5", "a number of at least 0"),
        put("a percentage", "residents", "12%", "a number of at least 0"),
        put("a hexadecimal number", "residents", "0x1F", "a number of at least 0"),
        put("an underscore in a number", "residents", "1_000", "a number of at least 0"),
        put("a decimal comma", "residents", "1,5", "a number of at least 0"),
        put("Chinese numerals", "residents", "三百", "a number of at least 0"),
        put("a formula", "residents", "=1+1", "a number of at least 0"),
        put("a date", "residents", "2025-01-01", "a number of at least 0"),
        put("longitude of 1e9", "lon", "1e9", "from -180 to 180"),
        put("an error value", "residents", "#REF!", "residents"),
        put("text of a lost encoding", "name", "锟斤拷", "garbled", "hosts.csv"),
        put("a truth that is none", "inclusive", "-1", "yes or no", "hosts.csv"),
        put("classes of 1e18", "max_classes", "1e18", "max_classes", "hosts.csv"),
        put("classes of a fraction", "max_classes", "2.0000001", "whole number", "hosts.csv"),
        put("a cost of 1e308", "fixed_cost_cny", "1e308", "fixed_cost_cny", "hosts.csv"),
        put("a code that Excel turned", "township_code", "3.10104E+11", "code", "residents.csv"),
        put("a year of none", "year", "1e30", "year", "residents.csv"),
        rewritten("thousands separators", "residents", "1,600", "1 numbers with thousands"),
        rewritten("full-width digits", "residents", "６００", "1 numbers with thousands"),
    ]


def in_book(name: str, change) -> Spoil:
    """Change a workbook through openpyxl."""

    def spoil(folder: Path) -> None:
        book = openpyxl.load_workbook(folder / name)
        change(book)
        book.save(folder / name)

    return spoil


def put_into(sheet: str, at: str, value: object) -> Spoil:
    def change(book):
        book[sheet][at] = value

    return in_book("tables.xlsx", change)


def merge(book):
    book["cells"].merge_cells("D2:D4")


def hide(book):
    for title in ("residents", "facilities", "hosts", "cells"):
        book[title].sheet_state = "hidden"
    book.create_sheet("shown")
    book.active = book.sheetnames.index("shown")


def packed(name: str, *members: tuple[str, bytes]) -> Spoil:
    """Write a zip archive of some members."""

    def spoil(folder: Path) -> None:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members:
                archive.writestr(member, content)

    return spoil


def in_member(ending: str, old: bytes, new: bytes, name: str = "tables.xlsx") -> Spoil:
    """Replace the first of some bytes in a member of the workbook."""

    def change(member: str, content: bytes) -> bytes:
        if not member.endswith(ending):
            return content
        assert re.search(old, content), f"{member} lacks {old!r}"
        return re.sub(old, lambda _: new, content, count=1)

    return repacked(name, change)


def dropping(ending: str) -> Spoil:
    return repacked("tables.xlsx", lambda name, held: None if name.endswith(ending) else held)


def unpacking_to(megabytes: int) -> Spoil:
    """Let a sheet unpack to so much; zeros pack a thousand times smaller."""

    def spoil(folder: Path) -> None:
        with (
            zipfile.ZipFile(folder / "tables.xlsx", "a", zipfile.ZIP_DEFLATED) as archive,
            archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True) as member,
        ):
            for _ in range(megabytes):
                member.write(b"\0" * 1_000_000)

    return spoil


def lying_about_sizes(folder: Path) -> None:
    """Let the directory of the archive claim that members are small, which they are not."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (i, i) for i in range(10, 3_000_000)
    )
    in_member("sheet2.xml", b"</sheetData>", rows + b"</sheetData>")(folder)
    path = folder / "tables.xlsx"
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("xl/worksheets/sheet2.xml")
    size = member.file_size.to_bytes(4, "little")
    assert size in content
    path.write_bytes(bytes(content.replace(size, (1000).to_bytes(4, "little"))))


def workbooks() -> list[Case]:
    file = "tables.xlsx"

    def case(name, spoil, outcome, named=file):
        return Case(f"Excel {name}", spoil, outcome, "check book.yaml", named)

    def xml(head: bytes, entity: bytes) -> Spoil:
        text = b'<c r="A2" t="inlineStr"><is><t>&' + entity + b";</t></is></c>"
        return after(
            in_member("sheet2.xml", rb"^(<\?xml[^>]*>)?", head),
            in_member("sheet2.xml", rb'<c r="A2".*?</c>', text),
        )

    shared = in_member(
        "sheet2.xml", rb"<c r=\"A2\"[^>]*>.*?</c>", b'<c r="A2" t="s"><v>999999999</v></c>'
    )
    return [
        case("empty", holding(file, b""), Refused(no_book)),
        case("a folder", folder_for(file), Refused("is a folder")),
        case("a pipe", pipe_for(file), Refused("is no file but a pipe")),
        case("a CSV", holding(file, "cell_id,lon\n"), Refused(no_book)),
        case("with a password", holding(file, ole), Refused("without a password")),
        case("a page of a portal", holding(file, "<html><table></table></html>"), Refused(no_book)),
        *(
            case(f"cut at {share:.0%}", cut(file, share), Refused(no_book))
            for share in (0.001, 0.3, 0.9, 0.999)
        ),
        case("with a byte flipped in a sheet", flipped(file, 0.3), Refused("Bad CRC-32")),
        case(
            "with a byte flipped in its directory",
            flipped(file, 0.97),
            Harmless("it is a date; zip holds a checksum of every member"),
        ),
        case("an empty archive", packed(file), Refused(broken_book)),
        case("an archive of something else", packed(file, ("a.txt", b"a")), Refused(broken_book)),
        case("without its sheets", dropping("sheet2.xml"), Refused(file)),
        case("without its list of sheets", dropping("workbook.xml"), Refused(broken_book)),
        case("without relations", dropping("workbook.xml.rels"), Refused(broken_book)),
        case("without styles", dropping("styles.xml"), Harmless("styles say nothing of values")),
        case(
            "with entities that multiply", xml(entities, b"a8"), Refused("declares a document type")
        ),
        case("with an entity of a file", xml(outside, b"a"), Refused("declares a document type")),
        case("with a text that is not there", shared, Refused(broken_book)),
        case(
            "with a sheet cut short",
            in_member("sheet2.xml", rb"</sheetData>.*", b""),
            Refused(broken_book),
        ),
        case("a bomb", unpacking_to(500), Refused("once unpacked")),
        case("a bomb that lies about its size", lying_about_sizes, Refused("Bad CRC-32")),
        case(
            "with a member of the name ../../x",
            lambda folder: zipfile.ZipFile(folder / file, "a").writestr("../../x", b"x"),
            Harmless("nothing is unpacked to disk"),
        ),
        case(
            "with a cell in the last corner", put_into("cells", "XFD1048576", 1), Refused("cells")
        ),
        case("with an error", put_into("cells", "D3", "#DIV/0!"), Refused("row 3, column D")),
        case(
            "with a formula never computed",
            put_into("cells", "D3", "=1/0"),
            Refused("never computed"),
        ),
        case("with a date", put_into("cells", "D3", dt.datetime(2025, 1, 6)), Refused("is a date")),
        case("with a time", put_into("cells", "D3", dt.time(12, 30)), Refused("is a date")),
        case("with a truth", put_into("cells", "D3", True), Refused("a number of at least 0")),
        case(
            "with a text for a number",
            put_into("cells", "D3", "many"),
            Refused("a number of at least 0"),
        ),
        case("with 1e308", put_into("cells", "D3", 1e308), Refused("row 3, column D")),
        case("with merged cells", in_book(file, merge), Refused("are merged")),
        case(
            "with hidden sheets",
            in_book(file, hide),
            Harmless("the scenario names the sheets, hidden or not"),
        ),
        case(
            "without the sheet",
            in_book(file, lambda book: book.remove(book["cells"])),
            Refused("has no sheet 'cells'"),
        ),
        case("with a header twice", put_into("cells", "E1", "lon"), Refused("columns are 'lon'")),
        case(
            "with a column of no name",
            put_into("cells", "F3", "a remark"),
            Repaired("1 columns are not known"),
        ),
        case(
            "with 200,000 styled empty rows",
            in_member(
                "sheet2.xml",
                rb"</sheetData>",
                b"".join(b'<row r="%d"><c r="A%d"/></row>' % (i, i) for i in range(8, 200_000))
                + b"</sheetData>",
            ),
            Harmless("empty rows are passed over"),
        ),
        case(
            "with a row of number 4e9",
            in_member(
                "sheet2.xml",
                rb"</sheetData>",
                b'<row r="4000000000"><c r="A4000000000"><v>1</v></c></row></sheetData>',
            ),
            Refused(file),
        ),
        case(
            "with a row of no number",
            in_member(
                "sheet2.xml",
                rb"</sheetData>",
                b'<row r="x"><c r="Ax"><v>1</v></c></row></sheetData>',
            ),
            Refused(broken_book),
        ),
    ]


def in_study(change) -> Spoil:
    def spoil(folder: Path) -> None:
        with edited_book(folder / "study" / "study.xlsx") as book:
            change(book)

    return spoil


def filled_workbooks() -> list[Case]:
    file = "study/study.xlsx"

    def case(name, spoil, outcome):
        return Case(f"study workbook {name}", spoil, outcome, f"check {file}", "study.xlsx")

    def put(sheet, at, value):
        def change(book):
            book[sheet][at] = value

        return in_study(change)

    return [
        case("empty", holding(file, b""), Refused(no_book)),
        case("a folder", folder_for(file), Refused("is a folder")),
        case("a pipe", pipe_for(file), Refused("is no file but a pipe")),
        case("with a password", holding(file, ole), Refused("without a password")),
        case("cut", cut(file, 0.5), Refused(no_book)),
        case(
            "without parameters",
            in_study(lambda book: book.remove(book["参数"])),
            Refused("has no sheet '参数'"),
        ),
        case(
            "with an unknown sheet",
            in_study(lambda book: book.create_sheet("机构2").append([1])),
            Refused("the sheet is not known"),
        ),
        case(
            "with a date for an age",
            put("班型", "D3", dt.datetime(2025, 12, 24)),
            Refused("is a date"),
        ),
        case("with an error", put("班型", "C3", "#REF!"), Refused("the cell shows #REF!")),
        case("with a formula", put("班型", "C3", "=15"), Refused("never computed")),
        case("with 1e308 places", put("班型", "C3", 1e308), Refused("row 3, column C")),
        case(
            "with a text of control characters",
            put("班型", "B3", "托小班_x0007_"),
            Refused("is none of 托小班_x0007_"),
        ),
        case(
            "with 6,000 rows of parameters",
            in_study(lambda book: [book["参数"].append(["x"]) for _ in range(6000)]),
            Refused("more than 5000 rows"),
        ),
        case(
            "with a key twice",
            in_study(lambda book: book["参数"].append(["x", 1, None, None, None, "name"])),
            Refused("stands twice"),
        ),
        case(
            "with a hostile key",
            in_study(lambda book: book["参数"].append(["x", 1, None, None, None, "a.b" * 3000])),
            Refused("is not known"),
        ),
        case(
            "with a hidden sheet of parameters",
            in_study(lambda book: setattr(book["参数"], "sheet_state", "hidden")),
            Harmless("hidden sheets count"),
        ),
        case(
            "whose parameters are merged",
            in_study(lambda book: book["参数"].merge_cells("B3:B40")),
            Refused("study.xlsx"),
        ),
    ]
