#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets, all of them invented and small: fuzz/seeds/make.py [STANCE]

STANCE is a built program, for the seeds that it writes itself: a Parquet table and a model; target/release/stance if left
out. Text seeds stand in this file, so that a format that changes is mended in one place."""

import gzip
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
STANCE = sys.argv[1] if len(sys.argv) > 1 else HERE.parent.parent / "target/release/stance"
TEXT = (
    "KESH - Norvania rejected the 30-day truce on Monday. “We will not sign,” President Dana Orr told reporters, "
    "“and our envoy will not either.”\n\nAccording to the Tavrian foreign ministry, the plan \"could work\". "
    "Its spokesman, Emil Karsten, said that Tavria had accepted it.\n\nQ: And the harbour?\nKARSTEN: No comment.\n"
)


def seed(target, name, content):
    folder = HERE / target
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def page(words):
    return (
        "<!DOCTYPE html><html><head><title>Truce rejected</title><meta property=\"og:site_name\" content=\"Kesh Times\">"
        f"</head><body><nav><a href=\"/\">Home</a></nav><article><h1>Truce</h1><p>{words}</p><p>The talks between the two "
        "sides had gone on for three weeks in the capital &amp; the envoys left without a word to the press.</p></article></body></html>"
    )


def archive():
    body = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(TEXT)
    chunk = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>No\r\n0\r\n\r\n"
    records = [("warcinfo", "", "software: x"), ("response", "https://kesh.example/1", body), ("response", "https://kesh.example/2", chunk)]
    return "".join(
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-04-02T08:00:00Z\r\n"
        f"Content-Length: {len(content.encode())}\r\n\r\n{content}\r\n\r\n"
        for kind, url, content in records
    )


def document(paragraphs):
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("word/document.xml"), f'<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def factiva():
    one = (
        "<div class=\"article enArticle\"><span class=\"enHeadline\">Truce rejected</span><div>1,024 words</div><div>2 April 2031</div>"
        "<div>08:15</div><div>Kesh Times</div><div>KESHT</div><p class=\"articleParagraph enarticleParagraph\">KESH: Norvania rejected "
        "the truce.</p><p>Document KESHT00020310402er4200001</p></div>"
    )
    return f"<html><body>{one}{one}</body></html>"


def articles():
    whole = {"id": "a", "outlet": "Kesh Times", "date": "2031-04-02", "url": "https://kesh.example/1", "title": "Truce", "text": TEXT}
    strange = {"maintext": TEXT[:120], "source_domain": "kesh.example", "date_publish": "2031-04-02 08:00:00", "x": [1, {"y": None}]}
    return [whole, strange]


def labels():
    """The first byte chooses the tool, in the order of `fuzz/src/labels.rs`."""
    span = {"id": "r", "type": "labels", "from_name": "label", "value": {"start": 0, "end": 12, "text": "Norvania says", "labels": ["hostile"]}}
    studio = [{"id": 1, "data": {"text": "Norvania says no.", "outlet": "Kesh Times"}, "annotations": [{"completed_by": 2, "result": [span]}]}]
    flat = [{"id": 1, "text": "Yes.", "sentiment": "Supportive", "annotator": 2, "annotation_id": 9, "lead_time": 1.5}]
    doccano = {"id": 4, "text": "We say no.", "entities": [{"id": 1, "label": "hostile", "start_offset": 0, "end_offset": 9}], "relations": []}
    prodigy = {"text": "We say no.", "spans": [{"start": 0, "end": 9, "label": "HOSTILE"}], "answer": "accept", "meta": {"id": "x"}}
    inception = [{"doc": "a.txt", "user": "anna", "begin": 0, "end": 8, "label": "supportive"}]
    brat = "Norvania said we agree now.\0T1\tSource 0 8\tNorvania\nT2\tContent 14 22;23 26\twe agree now\nE1\tAttribution:T2 Content:T2 Source:T1\nA1\tStance T2 supportive\n"
    dna = '"statement_id";"time";"person";"organization";"concept";"agreement";"text";"coder";"document_id"\n"5";"02-04-2031";"Dana Orr";"Orlund";"Truce";"1";"We agree.";"anna";"9"\n'
    table = "text,label,actor\n\"We agree, yes.\",supportive,Orlund\nNo.,hostile,\n"
    files = [json.dumps(studio), json.dumps(doccano), json.dumps(prodigy), json.dumps(inception), brat, dna, table]
    for tool, content in enumerate(files):
        seed("import", f"tool-{tool}", bytes([tool]) + content.encode())
        seed("import", f"told-{tool}", bytes([tool + 7]) + content.encode())
    seed("import", "flat", bytes([0]) + json.dumps(flat).encode())
    marked = "outlet: Kesh Times\n\n[[hostile|negative|direct|Dana Orr|Norvania : “We will not sign,”]] Orr said.\n"
    seed("labelled", "marked", marked)
    row = {"text": "We agree.", "stance": "supportive", "tone": "positive", "kind": "direct", "actor": "Orlund", "group": "g"}
    whole = {"id": "a", "text": "Norvania says no.", "statements": [{"start": 0, "end": 16, "stance": "hostile", "tone": "neutral", "actor": "Norvania"}]}
    seed("labelled", "rows", json.dumps(row) + "\n" + json.dumps(whole) + "\n")


def written_by_the_program(folder):
    lines = folder / "a.jsonl"
    lines.write_text("".join(json.dumps(article) + "\n" for article in articles()))
    run = lambda *words: subprocess.run([STANCE, *map(str, words)], check=True)
    run("classify", "-q", lines, "-o", folder / "a.parquet")
    seed("parquet", "table", (folder / "a.parquet").read_bytes())
    verbs = {"supportive": "accepts", "skeptical": "doubts", "hostile": "rejects", "none": "counts"}
    rows = [
        {"text": verb, "stance": stance, "tone": ["positive", "neutral", "negative"][group % 3], "group": str(group)}
        for group in range(15)
        for stance, verb in verbs.items()
    ]
    labelled = folder / "rows.jsonl"
    labelled.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run("train", "-q", labelled, "-o", folder / "model")
    seed("model", "small", (folder / "model/model.safetensors").read_bytes())
    lines = json.dumps({"text": TEXT[:80]}).encode() + b"\n"
    packed = subprocess.run([shutil.which("zstd") or "zstd", "-q"], input=lines, capture_output=True, check=True).stdout if shutil.which("zstd") else b"\x28\xb5\x2f\xfd"
    seed("packed", "zst", packed)


def main():
    seed("text", "article", TEXT)
    seed("text", "latin", TEXT.encode("cp1252", "replace"))
    seed("html", "page", page(TEXT))
    seed("html", "nested", "<div>" * 40 + TEXT + "<table><tr><td><svg><p>" + "</div>" * 20)
    first, second = articles()
    seed("jsonl", "lines", json.dumps(first) + "\n\n" + json.dumps(second, ensure_ascii=False) + "\n{\"text\":\n")
    seed("json", "list", json.dumps([first, second, None], indent=1))
    seed("json", "stream", json.dumps(first) + "{}" + json.dumps(second))
    seed("csv", "commas", f"id,outlet,date,text\n1,Kesh,2031-04-02,\"{TEXT[:60]}\"\n2,short\n")
    seed("csv", "bars", "id|story|medium\n1|No.|\"Kesh \"\"T\"\"\"\n")
    seed("warc", "pages", archive())
    seed("nexis", "export", document(["Documents (1)", "Truce rejected", "Kesh Times", "April 2, 2031 Monday", "Length: 9 words", "Body", "Norvania &amp; Orlund said no.", "Classification", "End of Document"]))
    seed("nexis", "plain", document([TEXT[:80], "Talks ended."]))
    seed("factiva", "export", factiva())
    lines = json.dumps({"text": TEXT[:80]}).encode() + b"\n"
    seed("packed", "gz", gzip.compress(lines, mtime=0) + gzip.compress(lines, mtime=0))
    seed("packed", "warc-gz", gzip.compress(archive().encode(), mtime=0))
    seed("packed", "page", page(TEXT))
    seed("ready", "row", json.dumps({"id": 7, "text": "“No,” Dana Orr said.", "actor": "Dana Orr", "side": "Norvania", "kind": "direct", "context": "Talks went on."}))
    seed("extract", "article", TEXT)
    seed("extract", "speech", "“We agree,” she said. “But not now.\n\n“Never,” added the minister.\n\n— No! — said Ana Lind ’s deputy.")
    seed("classify", "article", TEXT)
    seed("features", "statement", bytes([0, 0, 255, 10]) + TEXT.encode())
    seed("features", "part", bytes([1, 40, 120, 20]) + TEXT.encode())
    labels()
    with tempfile.TemporaryDirectory() as folder:
        written_by_the_program(pathlib.Path(folder))


main()
