"""Parquet, which comes as an extra (``pip install 'unspin[parquet]'``), and WARC, of which every untouched byte stays."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from unspin.batch.records import Change, RecordError, Warn

_CODED = re.compile(rb"(?im)^(?:transfer|content)-encoding:\s*(?!identity)\S")
_TYPE = re.compile(rb"(?im)^content-type:\s*(text/html|text/plain|application/xhtml\+xml)\b")
_LENGTH = re.compile(rb"(?im)^(content-length:[ \t]*)(\d+)")
_DIGESTS = re.compile(rb"(?im)^warc-(?:block|payload)-digest:[^\r\n]*\r?\n")
_RESPONSE = re.compile(rb"(?im)^warc-type:[ \t]*response[ \t]*\r?$")
_CHUNK = 1 << 16
_LONGEST_HEAD = 1 << 20


def parquet(source: Path, target: IO[bytes], fields: tuple[str, ...], change: Change) -> None:
    """Copy a Parquet file, a batch of rows at a time, with the text of the columns `fields` changed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise RecordError("reading Parquet takes pyarrow: pip install 'unspin[parquet]'") from None

    with pq.ParquetFile(source) as file:
        schema, number = file.schema_arrow, 0
        columns = [i for i, f in enumerate(schema) if f.name in fields and pa.types.is_string(f.type)]
        columns += [i for i, f in enumerate(schema) if f.name in fields and pa.types.is_large_string(f.type)]
        if not columns:
            wanted, there = " or ".join(map(repr, fields)), ", ".join(schema.names)
            raise RecordError(f"no text column {wanted} (--field); there are {there[:300]}")
        metadata = file.metadata
        codec = metadata.row_group(0).column(0).compression if metadata.num_row_groups else "SNAPPY"
        with pq.ParquetWriter(target, schema, compression="NONE" if codec == "UNCOMPRESSED" else codec) as writer:
            for rows in file.iter_batches(batch_size=256):
                batch = rows
                for column in columns:
                    texts = [
                        None if text is None else change(text, number + row)
                        for row, text in enumerate(batch.column(column).to_pylist(), 1)
                    ]
                    batch = batch.set_column(column, schema.field(column), pa.array(texts, schema.field(column).type))
                number += batch.num_rows
                writer.write_batch(batch)


# (body of a page, is it HTML, number of the record) -> restored body
ChangePage = Callable[[bytes, bool, int], bytes]


def warc(source: IO[bytes], target: IO[bytes], most: int, change: ChangePage, warn: Warn, *, members: bool) -> None:
    """Copy a WARC file with its pages changed: responses of HTML or plain text that are not coded or chunked.

    Of a changed record the lengths are corrected and the digests, which would be wrong, left out.  `members`: compress
    each record by itself, as readers of ``.warc.gz`` expect.  Raises RecordError where the file is broken.
    """
    number = 0
    while head := _head(source, number + 1):
        number += 1
        length = _LENGTH.search(head)
        if not head.startswith(b"WARC/") or length is None:
            raise RecordError(f"record {number} is not one of a WARC file")
        size = int(length.group(2))
        member = gzip.GzipFile(filename="", fileobj=target, mode="wb", mtime=0) if members else None
        out = target if member is None else cast(IO[bytes], member)
        if not _RESPONSE.search(head) or size > most:
            if size > most:
                warn(f"record {number} is longer than {most:,} bytes and was copied as it is (--max-size)")
            out.write(head)
            _copy(source, out, size, number)
        else:
            block = source.read(size)
            if len(block) < size:
                raise RecordError(f"record {number} ends early")
            try:
                changed = _page(block, number, change)
            except ValueError as error:
                warn(f"record {number} was copied as it is: {error}")
                changed = block
            if changed != block:
                head = _DIGESTS.sub(b"", head)
                head = _with_length(head, len(changed))
            out.write(head + changed)
        _copy(source, out, 4, number)
        if member is not None:
            member.close()


def _head(source: IO[bytes], number: int) -> bytes:
    lines = []
    size = 0
    while line := source.readline(_LONGEST_HEAD):
        lines.append(line)
        size += len(line)
        if not line.strip():
            return b"".join(lines)
        if size >= _LONGEST_HEAD:
            break
    if lines:
        raise RecordError(f"record {number} is not one of a WARC file")
    return b""


def _copy(source: IO[bytes], target: IO[bytes], size: int, number: int) -> None:
    while size:
        chunk = source.read(min(size, _CHUNK))
        if not chunk:
            raise RecordError(f"record {number} ends early")
        target.write(chunk)
        size -= len(chunk)


def _page(block: bytes, number: int, change: ChangePage) -> bytes:
    head, separator, body = block.partition(b"\r\n\r\n")
    kind = _TYPE.search(head)
    if not separator or kind is None or _CODED.search(head):
        return block
    changed = change(body, kind.group(1).lower() != b"text/plain", number)
    if changed == body:
        return block
    return _with_length(head, len(changed)) + separator + changed


def _with_length(head: bytes, length: int) -> bytes:
    return _LENGTH.sub(lambda match: match.group(1) + str(length).encode(), head)
