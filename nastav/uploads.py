"""What a file is, judged by its content, never by its name (rules.md#evidence)."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from nastav import ru
from nastav.photos.cleaning import REMOVED, Damaged, Removed, without_place

LARGEST = 10 * 1024 * 1024  # bytes
NAME_LENGTH = 190  # without its ending; the column holds 200

# kind → (endings, media type, what a person calls it)
KINDS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "pdf": (("pdf",), "application/pdf", "документ PDF"),
    "jpg": (("jpg", "jpeg"), "image/jpeg", "снимок JPG"),
    "png": (("png",), "image/png", "снимок PNG"),
    "rtf": (("rtf",), "application/rtf", "документ RTF"),
    "doc": (("doc",), "application/msword", "документ Word (DOC)"),
    "xls": (("xls",), "application/vnd.ms-excel", "таблица Excel (XLS)"),
    "docx": (
        ("docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "документ Word (DOCX)",
    ),
    "xlsx": (
        ("xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "таблица Excel (XLSX)",
    ),
    "odt": (("odt",), "application/vnd.oasis.opendocument.text", "документ ODT"),
    "ods": (("ods",), "application/vnd.oasis.opendocument.spreadsheet", "таблица ODS"),
}
ACCEPTED = ", ".join(kind.upper() for kind in KINDS)
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"{\\rtf", "rtf"),
)
_ENDING = re.compile(r"(?=.*[a-z])[a-z0-9]{1,5}", re.ASCII | re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}

NOT_ACCEPTED = (
    f"Файлы этого вида не принимаются. Приложите {ACCEPTED}: документ можно сохранить как PDF."
)
HEIC = (
    "Это снимок HEIC с iPhone, его открывают не все компьютеры. Сохраните его как JPG: откройте на "
    "телефоне «Настройки → Камера → Форматы», выберите «Наиболее совместимые» и снимите ещё раз, "
    "или отправьте снимок себе по почте и скачайте как JPG."
)
MACROS = "В файле есть макросы, такие не принимаются. Сохраните его без макросов или как PDF."
PROTECTED = (
    "Файл защищён паролем или повреждён. Снимите защиту и приложите снова, или сохраните как PDF."
)
EMPTY = "Файл пустой. Проверьте его и приложите снова."
BROKEN_PHOTO = (
    "Снимок повреждён, и нельзя узнать, не записано ли в нём место съёмки. Откройте его на телефоне "
    "или компьютере и сохраните заново, или снимите ещё раз."
)
# what was taken out of a photo → how it is said beside the file
TOO_LARGE = "Файл больше 10 МБ. Уменьшите его, например сохраните скан с меньшим разрешением."


class BadFile(ValueError):
    """A file that is not accepted; the text says in Russian why, and how to mend it."""


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: its name made harmless, its true type, its bytes."""

    name: str
    media_type: str
    content: bytes
    removed: tuple[Removed, ...] = ()  # of a photo

    @property
    def notes(self) -> str:
        """Return « Координаты места съёмки удалены.» for a message of success; "" = as it was sent."""
        return "".join(f" {REMOVED[removed]}." for removed in self.removed)


def accept(name: str, content: bytes) -> Upload:
    """Return the file as it may be kept: a photo without the place where it was taken.

    Raises:
        BadFile: too large, empty, broken, of a kind that is not accepted, or not what its name says.
    """
    if not content:
        raise BadFile(EMPTY)
    if len(content) > LARGEST:
        raise BadFile(TOO_LARGE)
    kind = _kind_of(content)
    if kind is None:
        raise BadFile(NOT_ACCEPTED)
    endings, media_type, called = KINDS[kind]
    stem, ending = _safe_name(name)
    if ending and ending not in endings:
        raise BadFile(
            f"По названию это файл «.{ending}», а внутри — {called}. Сохраните его в нужном "
            f"формате или верните окончание .{endings[0]}."
        )
    try:
        content, removed = without_place(content, media_type)
    except Damaged as error:
        raise BadFile(BROKEN_PHOTO) from error
    return Upload(f"{stem}.{ending or endings[0]}", media_type, content, tuple(removed))


def _kind_of(content: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise BadFile(HEIC)
    return None


def _kind_of_ole(content: bytes) -> str | None:
    """Tell old Word from old Excel by the names of the streams, which stand in UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise BadFile(PROTECTED)
    if has("_VBA_PROJECT"):
        raise BadFile(MACROS)
    if has("WordDocument"):
        return "doc"
    return "xls" if has("Workbook") or has("Book") else None


def _kind_of_zip(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.casefold().endswith("vbaproject.bin") for name in names):
                raise BadFile(MACROS)
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            return _kind_of_odf(archive) if "mimetype" in names else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise BadFile(PROTECTED) from None


def _kind_of_odf(archive: zipfile.ZipFile) -> str | None:
    with archive.open("mimetype") as entry:
        declared = entry.read(100).decode("ascii", "replace").strip()
    return next((kind for kind in ("odt", "ods") if KINDS[kind][1] == declared), None)


def _safe_name(name: str) -> tuple[str, str]:
    """Return stem and ending of a name without paths, control signs and signs Windows refuses."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign)[0] != "C"
    )
    name = "".join("_" if sign in '<>:"|?*' else sign for sign in name).strip(" .")
    stem, _, ending = name.rpartition(".")
    if not stem or not _ENDING.fullmatch(ending):  # «Приказ от 12.10» has none
        stem, ending = name, ""
    stem = stem.strip(" .") or "Документ"
    if len(stem) > NAME_LENGTH:
        raise BadFile(f"Имя файла. {ru.too_long(len(stem), NAME_LENGTH)}")
    return stem, ending.casefold()
