"""Records: the text field changes, every other byte stays."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspin.batch.records import RecordError, json_lines, separated

JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def lines(data: bytes, *, most: int = 10_000, fields: tuple[str, ...] = ("text",)) -> tuple[bytes, list[str]]:
    out, warnings = io.BytesIO(), list[str]()
    json_lines(io.BytesIO(data), out, fields, most, lambda text, n: text.replace("battle", "war"), warnings.append)
    return out.getvalue(), warnings


def table(data: bytes, *, most: int = 10_000, fields: tuple[str, ...] = ("text",), encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    separated(io.BytesIO(data), out, fields, most, lambda text, n: text.replace("battle", "war"), encoding=encoding)
    return out.getvalue()


def test_spacing_order_numbers_and_escapes_of_other_fields_stay() -> None:
    data = b'{ "n":1.0e5,\t"text" : "a battle\\u2019s \\"end\\"", "x":["battle", "\\u0041"] , "t":null}\r\n\n{"text":"none"}'
    assert lines(data) == (data.replace(b"a battle", b"a war"), [])


def test_text_stays_plain_or_escaped_as_it_was() -> None:
    data = '{"text": "é battle"}\n{"text": "\\u00e9 battle"}\n'.encode()
    assert lines(data)[0] == data.replace(b"battle", b"war")


BROKEN = [b'{"text": "a battle"', b'["battle"]', b"\xff{}", b'{"text": "battle"} x', b"[" * 5000, b"battle"]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_line_is_copied_and_told(broken: bytes) -> None:
    good = b'{"text": "a battle"}\n'
    out, warnings = lines(broken + b"\n" + good)
    assert out == broken + b'\n{"text": "a war"}\n'
    assert len(warnings) == 1 and warnings[0].startswith("record 1 ")


def test_a_line_longer_than_the_limit_ends_the_file() -> None:
    with pytest.raises(RecordError, match="record 2 is longer"):
        lines(b'{"text": ""}\n{"text": "' + b"x" * 200, most=100)


@settings(max_examples=40)
@given(st.dictionaries(st.text(), JSON, max_size=3), st.text(), st.booleans())
def test_json_comes_out_as_json_with_the_field_changed(record: dict[str, object], text: str, plain: bool) -> None:
    record = {**record, "text": f"{text} battle"}
    data = json.dumps(record, ensure_ascii=plain).encode("utf-8", "replace")
    out, warnings = lines(data)
    expected = json.loads(data)
    expected["text"] = expected["text"].replace("battle", "war")
    assert (json.loads(out), warnings) == (expected, [])


def test_quoting_and_other_columns_of_a_table_stay() -> None:
    data = b'\xef\xbb\xbfid;"text";x\r\n1;"a ""battle"";\r\nhere";battle\r\n2;battle;"battle"\n3\n4;\xff battle;;\n5;;'
    assert table(data) == data.replace(b'""battle""', b'""war""').replace(b"2;battle", b"2;war").replace(
        b"\xff battle", b"\xff war"
    )


@pytest.mark.parametrize(("fields", "expected"), [(("2",), b"war,war\nbattle,war\n"), (("y",), b"battle,y\n1,war\n")])
def test_columns_go_by_name_or_number(fields: tuple[str, ...], expected: bytes) -> None:
    data = b"war,battle\nbattle,battle\n" if fields == ("2",) else b"battle,y\n1,battle\n"
    assert table(data, fields=fields) == expected


def test_a_table_without_the_column_is_refused_by_name() -> None:
    with pytest.raises(RecordError, match=r"no column 'text' .* there are a, b"):
        table(b"a,b\n1,2\n")


def test_a_quotation_that_is_never_closed_ends_the_file() -> None:
    with pytest.raises(RecordError, match="never closed"):
        table(b'text\n"' + b"x\n" * 2000, most=500)


CELL = st.text(st.sampled_from(list('ab",;\r\n battle é')), max_size=12)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=6), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_any_table_reads_the_same_but_for_the_column(rows: list[tuple[str, str, str]], quoting: int) -> None:
    made = io.StringIO()
    csv.writer(made, quoting=quoting).writerows([("id", "text", "x"), *rows])  # type: ignore[arg-type]
    out = table(made.getvalue().encode()).decode()
    expected = [["id", "text", "x"], *([a, b.replace("battle", "war"), c] for a, b, c in rows)]
    assert list(csv.reader(io.StringIO(out, newline=""))) == expected
