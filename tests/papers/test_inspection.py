"""A district's template: every planted fault is named with its place, and nothing right is refused."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx.document import Document

from nastav.intake import apart
from nastav.papers import inspection
from nastav.papers.catalogue import KINDS
from tests.support.blanks import good, in_part, repacked, typed
from tests.support.spoiled_blanks import taken_with_a_leftover

TEAM = KINDS["team"]
BODY, TYPES, RELS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
SETTINGS = "word/settings.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
DOTM = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
DOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OUR_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(**parts: bytes) -> bytes:
    """Return an archive of some parts; «__» in a name stands for «/»."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name.replace("__", "/"), part)
    return made.getvalue()


def in_body(xml: str) -> bytes:
    """Return the good template with something at the end of its text."""
    return in_part(BODY, "<w:sectPr", f"{xml}<w:sectPr")


def linked(kind: str, target: str, *, outside: bool = True) -> bytes:
    """Return the good template with one more relation of its text."""
    mode = ' TargetMode="External"' if outside else ""
    one = f'<Relationship Id="rIdX" Type="{R}/{kind}" Target="{target}"{mode}/>'
    return in_part(RELS, "</Relationships>", f"{one}</Relationships>")


def words(text: str, *, tag: str = "w:t") -> str:
    return f'<w:r><{tag} xml:space="preserve">{text}</{tag}></w:r>'


def field_of_word(*pieces: str) -> bytes:
    """Return a template with a field of Word whose code stands in several runs."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    code = "".join(words(piece, tag="w:instrText") for piece in pieces)
    return in_body(f"<w:p>{begin}{code}{end}{words('Где')}</w:p>")


def twice() -> bytes:
    with zipfile.ZipFile(io.BytesIO(good())) as found:
        part = found.read(BODY)
    made = io.BytesIO(good())
    with zipfile.ZipFile(made, "a") as written:
        written.writestr("word/Document.xml", part)
    return made.getvalue()


def in_footer(document: Document) -> None:
    document.sections[0].first_page_footer.paragraphs[0].text = "{школа}"


def in_even_header(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].even_page_header.paragraphs[0].text = "{школа}"


def paragraph(text: str) -> Callable[[Document], object]:
    return lambda document: document.add_paragraph(text)


def row(*texts: str) -> bytes:
    """Return the good template with one more row in its list."""

    def change(document: Document) -> None:
        cells = document.tables[-1].add_row().cells
        for cell, text in zip(cells, texts, strict=False):
            cell.text = text

    return typed(change)


BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    f"<w:p>{words('{школа}')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
NOTES = "<a><p><t>{школа}</t></p></a>"
# more than a template may hold of text, and packed no tighter than a sound one
LONG = b"".join(b"<w:p><w:r><w:t>%d</w:t></w:r></w:p>" % (n * n) for n in range(20_000))
FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    # what it is no .docx at all
    "empty": (lambda: b"", "Файл пустой"),
    "too large": (lambda: good() + b"\0" * 1024 * 1024, "больше 1 МБ"),
    "old Word renamed": (lambda: OLE + b"WordDocument", "(.doc)"),
    "a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "паролем"),
    "odt": (
        lambda: archive(mimetype=b"application/vnd.oasis.opendocument.text"),
        "сохраните как .docx",
    ),
    "pdf": (lambda: b"%PDF-1.7", "PDF"),
    "rtf": (lambda: b"{\\rtf1 }", ".rtf"),
    "a web page": (lambda: b"<html>", "веб-страница"),
    "a picture": (lambda: b"\xff\xd8\xff\xe0", "не документ Word"),
    "a workbook": (lambda: archive(xl__workbook=b""), "таблица Excel"),
    "another archive": (lambda: archive(readme=b"hello"), "не документ Word"),
    "cut off": (lambda: good()[:5000], "повреждён"),
    "docm": (lambda: in_part(TYPES, MAIN, MACROS), "макросы"),
    "dotm renamed": (lambda: in_part(TYPES, MAIN, DOTM), "макросы"),
    "dotx": (lambda: in_part(TYPES, MAIN, DOTX), "(.dotx)"),
    "macros in a plain document": (
        lambda: repacked(good(), more={"word/vbaProject.bin": b"\0"}),
        "макросы",
    ),
    "strict": (lambda: in_part(BODY, OUR_SPACE, STRICT), "Strict"),
    "a text to be copied for each pair": (
        lambda: repacked(
            good(),
            lambda name, part: (
                part.replace(b"</w:body>", LONG + b"</w:body>", 1)
                if name == "word/document.xml"
                else part
            ),
        ),
        "необычно",
    ),
    "a body elsewhere that carries changes": (
        lambda: repacked(
            good(),
            more={
                "other/body.xml": b'<w:document xmlns:w="http://schemas.openxmlformats.org/'
                b'wordprocessingml/2006/main"><w:body><w:ins/></w:body></w:document>'
            },
        ),
        "Исправления не приняты",
    ),
    "a bomb": (lambda: repacked(good(), more={"word/a.xml": b" " * 3_000_000}), "необычно"),
    "many parts": (
        lambda: repacked(good(), more={f"word/{n}.xml": b"<a/>" for n in range(201)}),
        "необычно",
    ),
    "an entity": (
        lambda: repacked(good(), more={"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        "необычно",
    ),
    "a part twice": (twice, "необычно"),
    # what it carries
    "a link outside": (
        lambda: linked("hyperlink", "https://example.org/"),
        "Ссылка наружу, текст: «https://example.org/»",
    ),
    "a picture of another site": (
        lambda: linked("image", "https://example.org/a.png"),
        "Ссылка наружу",
    ),
    "an embedded workbook": (
        lambda: repacked(
            linked("package", "embeddings/a.xml", outside=False),
            more={"word/embeddings/a.xml": b"<a/>"},
        ),
        "Встроенный объект, текст",
    ),
    "bytes of an object": (
        lambda: repacked(good(), more={"word/embeddings/a.bin": b"\0"}),
        "Встроенный объект, a.bin",
    ),
    "an object": (
        lambda: in_body(f"<w:p><w:r><w:object/></w:r>{words('Схема')}</w:p>"),
        "Встроенный объект, текст, «Схема»",
    ),
    "ActiveX": (
        lambda: in_body("<w:p><w:r><w:control/></w:r></w:p>"),
        "элемент ActiveX".title()[:7],
    ),
    "altChunk": (lambda: in_body("<w:altChunk/>"), "Вставленный целиком чужой документ"),
    "a subdocument": (lambda: in_body("<w:subDoc/>"), "Вложенный документ"),
    "an attached template": (
        lambda: repacked(
            good(),
            more={
                "word/_rels/settings.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/'
                f'package/2006/relationships"><Relationship Id="r" Type="{R}/attachedTemplate" '
                'Target="file:///C:/a.dotm" TargetMode="External"/></Relationships>'.encode()
            },
        ),
        "Присоединённый шаблон, параметры документа",
    ),
    "a mail merge": (
        lambda: in_part(SETTINGS, "</w:settings>", "<w:mailMerge/></w:settings>"),
        "Источник данных для слияния",
    ),
    "inserted": (
        lambda: in_body(f'<w:p><w:ins w:id="1" w:author="a">{words("Ново")}</w:ins></w:p>'),
        "Исправления не приняты, текст, «Ново»",
    ),
    "deleted": (
        lambda: in_body(
            f'<w:p><w:del w:id="1" w:author="a">{words("а", tag="w:delText")}</w:del></w:p>'
        ),
        "Исправления не приняты",
    ),
    "moved": (lambda: in_body('<w:p><w:moveFrom w:id="1" w:author="a"/></w:p>'), "Исправления"),
    "a look changed": (
        lambda: in_body(
            '<w:p><w:r><w:rPr><w:rPrChange w:id="1" w:author="a"><w:rPr/></w:rPrChange></w:rPr></w:r></w:p>'
        ),
        "Исправления",
    ),
    "a comment": (
        lambda: typed(lambda d: d.add_comment(d.paragraphs[0].runs[0], text="Верно?")),
        "Примечание, текст, «{школа}»",
    ),
    "a date of Word": (
        lambda: in_body(f'<w:p><w:fldSimple w:instr=" DATE "/>{words("Дата")}</w:p>'),
        "Поле Word DATE, текст, «Дата»",
    ),
    "contents": (lambda: field_of_word("TO", "C \\o"), "Поле Word TOC, текст, «Где»"),
    "a link of Word": (lambda: field_of_word("HYPERLINK x"), "Поле Word HYPERLINK"),
    "a field within a number": (lambda: field_of_word("INCLUDETEXT c:/a"), "Поле Word INCLUDETEXT"),
    # its fields
    "misspelt": (
        lambda: in_part(BODY, "{директор}", "{директорр}"),
        "{директорр}: может быть, {директор}?",
    ),
    "a Roman numeral": (
        lambda: in_part(BODY, "{срок_1}", "{срок_I}"),
        "{срок_I} (латинская буква I): может быть, {срок_1}?",
    ),
    "a Latin letter": (
        lambda: in_part(BODY, "{директор}", "{диpектор}"),
        "(латинская буква p): может быть, {директор}?",
    ),
    "a capital letter": (
        lambda: in_part(BODY, "{директор}", "{Директор}"),
        "{Директор}: может быть, {директор}?",
    ),
    "a space": (
        lambda: typed(paragraph("{приказ района}")),
        "{приказ района}: может быть, {приказ_района}?",
    ),
    "of another paper": (lambda: typed(paragraph("{итог}")), "{итог}: "),
    "a list in the text": (
        lambda: typed(paragraph("{группа.имя}")),
        "{группа.имя} — поле списка",
    ),
    "two lists in a row": (
        lambda: row("{группа.имя}", "{пары.наставник}"),
        "Таблица 2, строка 3: в одной строке таблицы два списка: группа, пары.",
    ),
    "no such field of a list": (
        lambda: row("{группа.имяя}"),
        "Таблица 2, строка 3: {группа.имяя}: может быть, {группа.имя}?",
    ),
    "an opening brace": (lambda: typed(paragraph("а { б")), "лишняя фигурная скобка, «а { б»"),
    "a closing brace": (lambda: typed(paragraph("а } б")), "лишняя фигурная скобка"),
    "two braces": (lambda: typed(paragraph("{{школа}}")), "лишняя фигурная скобка"),
    "empty braces": (lambda: typed(paragraph("{ }")), "лишняя фигурная скобка"),
    "in a link": (
        lambda: in_body(f'<w:p><w:hyperlink w:anchor="a">{words("{школа}")}</w:hyperlink></w:p>'),
        "поле стоит в гиперссылке",
    ),
    "in a frame": (lambda: in_body(BOX), "поле стоит в надписи"),
    "in a control": (
        lambda: in_body(
            f"<w:sdt><w:sdtContent><w:p>{words('{школа}')}</w:p></w:sdtContent></w:sdt>"
        ),
        "поле стоит в надписи",
    ),
    "in a footer that is not filled": (lambda: typed(in_footer), "Нижний колонтитул, «{школа}»"),
    "in a header of even pages": (lambda: typed(in_even_header), "Верхний колонтитул, «{школа}»"),
    "a tab within a field": (
        lambda: typed(paragraph("{школа\t}")),
        "Лишняя фигурная скобка: «{школа».",
    ),
    "in a part of its own": (
        lambda: repacked(
            linked("footnotes", "/notes/notes.xml", outside=False),
            more={"notes/notes.xml": NOTES.encode()},
        ),
        "поле здесь не заполнить",
    ),
    "no signer": (lambda: in_part(BODY, "{директор}", "И. И."), "Нет поля {директор}"),
    "no short name": (lambda: in_part(BODY, "{школа_кратко}", "Школа"), "Нет поля {школа_кратко}"),
    "no list": (
        lambda: typed(lambda d: d.tables[-1]._tbl.remove(d.tables[-1].rows[-1]._tr)),
        "Нет строки списка {группа.номер}",
    ),
}


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 40


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_named(name: str) -> None:
    make, sentence = FAULTS[name]
    found = inspection.faults(make(), TEAM)
    assert any(sentence in fault for fault in found), found


def test_the_good_one_is_taken() -> None:
    assert inspection.faults(good(), TEAM) == []


def test_several_faults_are_named_together() -> None:
    spoiled = typed(lambda d: [d.add_paragraph(text) for text in ("{а_б_в}", "}", "{группа.имя}")])
    assert len(inspection.faults(spoiled, TEAM)) == 3


@pytest.mark.parametrize("code", [" PAGE ", "PAGE \\* MERGEFORMAT", " NUMPAGES "])
def test_numbers_of_pages_may_stay(code: str) -> None:
    assert inspection.faults(field_of_word(code), TEAM) == []


def test_what_word_itself_writes_is_no_fault() -> None:
    """A picture of its own, an inner bookmark, a field whose runs Word has split, tabs, a page's end."""

    def change(document: Document) -> None:
        run = document.paragraphs[5].add_run(" {шк")
        run.bold = True
        document.paragraphs[5].add_run("ола")
        document.paragraphs[5].add_run("}\t;")
        document.add_page_break()
        document.sections[0].footer.paragraphs[0].text = "{школа_кратко}"

    assert inspection.faults(typed(change), TEAM) == []


def test_the_child_answers_what_the_inspection_says() -> None:
    def asked(content: bytes) -> list[str]:
        return list(apart.answer("nastav.papers.child", ["team"], content)["faults"])

    assert asked(good()) == []
    spoiled = in_part(BODY, "{срок_1}", "{срок_I}")
    assert asked(spoiled) == inspection.faults(spoiled, TEAM)


def test_the_child_knows_nothing_of_the_site() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from nastav.papers import child; child.answer('team', b''); "
        "print(*sorted({n.split('.')[1] for n in sys.modules if n.startswith('nastav.')}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["intake", "late", "papers"]


def test_no_mangled_template_is_taken_with_a_leftover() -> None:
    taken, wrong = taken_with_a_leftover(200, seed=33)
    assert wrong == []
    assert 0 < taken < 150, "the mangling is too weak or too strong to say anything"
