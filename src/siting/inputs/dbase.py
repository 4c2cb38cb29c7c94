"""The text of a Shapefile (.dbf): in which encoding it can be read without a loss.

GDAL puts question marks where bytes are no characters of an encoding, and says so once at most;
so the bytes are looked at here. Layout: dBASE III, a header of 32 bytes, 32 for each field, then
records of one length.
"""

import struct
from pathlib import Path

encodings = ("utf-8", "gb18030")
longest_character = 4


def encoding_of(path: Path) -> str | None:
    """Return the first of :data:`encodings` that fits every text of a .dbf file, None for none.

    Raises
    ------
    ValueError
        The file is no .dbf file.
    """
    content = path.read_bytes()
    try:
        records, head_bytes, record_bytes = struct.unpack_from("<IHH", content, 4)
        names, places = _fields(content, head_bytes)
    except (struct.error, IndexError) as error:
        raise ValueError(f"{path.name} is no dBASE table ({error})") from None
    texts = set(names)
    for start in range(
        head_bytes, min(head_bytes + records * record_bytes, len(content)), record_bytes or 1
    ):
        texts |= {content[start + first : start + last].strip(b" \0") for first, last in places}
    return next((name for name in encodings if all(_fits(text, name) for text in texts)), None)


def _fields(content: bytes, head_bytes: int) -> tuple[list[bytes], list[tuple[int, int]]]:
    """Return the names of the fields, and where in a record its texts stand."""
    names, places = [], []
    first = 1
    for start in range(32, head_bytes - 32, 32):
        if content[start] == 0x0D:
            break
        length = content[start + 16]
        names.append(content[start : start + 11].split(b"\0")[0])
        if content[start + 11] == ord("C"):
            places.append((first, first + length))
        first += length
    return names, places


def _fits(text: bytes, encoding: str) -> bool:
    """Return whether bytes are text; a field may have cut its last character short."""
    try:
        text.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start > len(text) - longest_character and "end of data" in error.reason
    return True
