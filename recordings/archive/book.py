"""What stands on a disc beside the recordings, for whoever finds it in years: an index for the browser and one for a
spreadsheet, and how to read and prove the rest. Pure."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.time import second_text
from hotline.services.csv_table import FORMULA

_KINDS = {"talk": "通话", "voicemail": "留言"}
_COLUMNS = ("通话开始", "号码", "客服", "线路", "类别", "时长", "文件")


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A recording in the index. `number` as it may be read there; `path` on the disc, `sha256` of the recording."""

    started_at: datetime
    number: str
    operator: str
    line: str
    kind: str
    seconds: float
    path: str
    linkedid: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What all pages of a disc say of it."""

    label: str
    company: str
    node: str
    since: datetime
    until: datetime
    written_at: datetime
    recordings: int
    sealed: bool


def index_csv(lines: Sequence[IndexLine]) -> bytes:
    """For a spreadsheet: UTF-8 with the mark by which Excel knows it; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow((*_COLUMNS, "通话编号", "SHA-256"))
    for line in lines:
        writer.writerow([_no_formula(cell) for cell in (*_cells(line), line.path, line.linkedid, line.sha256)])
    return out.getvalue().encode("utf-8-sig")


def index_html(cover: Cover, lines: Sequence[IndexLine]) -> bytes:
    """Opens from the disc without a net; a click on a column's head sorts by it."""
    heads = "".join(f'<th aria-sort="none"><button>{name}</button></th>' for name in _COLUMNS)
    rows = "\n".join(_row(line) for line in lines)
    title = f"{html.escape(cover.company)} · 录音光盘 {html.escape(cover.label)}"
    time = f"{second_text(cover.since)} 至 {second_text(cover.until)}"
    told = f"{time}，共 {cover.recordings} 条录音；制作于 {second_text(cover.written_at)}"
    return _PAGE.format(title=title, told=told, heads=heads, rows=rows, style=_STYLE, script=_SCRIPT).encode()


def readme(cover: Cover) -> bytes:
    sealed_zh, sealed_en = (_SEALED_ZH, _SEALED_EN) if cover.sealed else (_OPEN_ZH, _OPEN_EN)
    return (
        _README.format(
            label=cover.label,
            company=cover.company,
            node=cover.node,
            since=second_text(cover.since),
            until=second_text(cover.until),
            written=second_text(cover.written_at),
            recordings=cover.recordings,
            sealed_zh=sealed_zh,
            sealed_en=sealed_en,
        )
        .replace("\n", "\r\n")
        .encode("utf-8-sig")
    )


def _cells(line: IndexLine) -> tuple[str, ...]:
    return (
        second_text(line.started_at),
        line.number,
        line.operator,
        line.line,
        _KINDS.get(line.kind, line.kind),
        _length(line.seconds),
    )


def _row(line: IndexLine) -> str:
    path = html.escape(line.path, quote=True)
    started, number, operator, place, kind, length = (html.escape(cell) for cell in _cells(line))
    return (
        f"<tr><td>{started}<td>{number}<td>{operator}<td>{place}<td>{kind}"
        f'<td data-by="{line.seconds:.3f}">{length}<td><a href="{path}">{path.rsplit("/", 1)[-1]}</a>'
    )


def _length(seconds: float) -> str:
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
h1 { font-size: 1.4rem; margin: 0 0 .25rem } p { margin: 0 0 1rem; opacity: .75 }
input { font: inherit; padding: .35rem .6rem; width: 20rem; max-width: 100%; margin-bottom: 1rem }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .35rem .6rem }
tr { border-bottom: 1px solid #8884 } td { font-variant-numeric: tabular-nums }
th { position: sticky; top: 0; background: Canvas } th button { all: unset; cursor: pointer; font-weight: 600 }
th button:focus-visible { outline: 2px solid } th[aria-sort=ascending] button::after { content: " ↑" }
th[aria-sort=descending] button::after { content: " ↓" }
"""

_SCRIPT = """
const body = document.querySelector("tbody"), heads = [...document.querySelectorAll("th")];
const rows = [...body.rows], seek = document.querySelector("input"), count = document.querySelector("output");
const key = (row, n) => row.cells[n].dataset.by ? +row.cells[n].dataset.by : row.cells[n].textContent;
heads.forEach((head, n) => head.firstChild.addEventListener("click", () => {
  const down = head.getAttribute("aria-sort") === "ascending";
  heads.forEach(other => other.setAttribute("aria-sort", "none"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const order = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, "zh");
  rows.sort((a, b) => order(key(a, n), key(b, n)) * (down ? -1 : 1));
  body.append(...rows);
}));
seek.addEventListener("input", () => {
  let shown = 0;
  for (const row of rows) shown += !(row.hidden = !row.textContent.includes(seek.value.trim()));
  count.textContent = seek.value.trim() ? shown + " 条" : "";
});
"""

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{style}</style></head><body>
<h1>{title}</h1><p>{told}</p>
<input type="search" placeholder="查找：日期、号码、客服…" aria-label="查找"> <output></output>
<table><thead><tr>{heads}</tr></thead><tbody>
{rows}
</tbody></table><script>{script}</script></body></html>
"""

_README = """hotline archive {label}

录音光盘 {label}
单位：{company}（节点 {node}）
通话时间：{since} 至 {until}（北京时间），共 {recordings} 条录音
制作时间：{written}

{sealed_zh}
校验全部文件：在光盘目录中运行  sha256sum -c SHA256SUMS
对照登记册校验：hotline archive verify 镜像或光驱（例如 /dev/sr0）
恢复一条录音：hotline archive restore 通话编号
录音中左声道为来电人，右声道为我方。内容保密，不得外传。

--
Recordings of {company} (node {node}), {recordings} files, calls from {since} to {until} (Asia/Shanghai).
{sealed_en}
To prove all files: run  sha256sum -c SHA256SUMS  in the disc's folder.
The left channel is the caller, the right one our side. Confidential.
"""
_OPEN_ZH = "用浏览器打开 index.html 查看目录（可排序、可查找），index.csv 可用 Excel 打开。"
_OPEN_EN = "Open index.html in a browser for the list of calls, index.csv in a spreadsheet."
_SEALED_ZH = """本光盘的录音和目录已加密（AES-256-GCM），文件名以 .enc 结尾。需要密钥文件：
hotline archive open 镜像或光驱 --to 文件夹 --key-file 密钥文件
解密后用浏览器打开 index.html 查看目录。"""
_SEALED_EN = """Recordings and index are sealed (AES-256-GCM, *.enc). With the key file:
hotline archive open IMAGE --to FOLDER --key-file KEY"""
