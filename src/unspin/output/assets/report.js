// The report of a run: sorts, filters and pages its table, and unpacks a file's differences when they are asked for.
// Everything from a file reaches the page as text, never as markup.
"use strict";
(() => {
  const rows = JSON.parse(document.getElementById("rows").textContent);
  const PAGE = 100;
  const COLUMNS = ["path", "state", "words", "edits", "per_1000", "probability", "share", "dialect", "confidence", "seconds"];
  const order = { column: "per_1000", down: true };
  let shown = rows, page = 0, packed = null;
  rows.forEach((row, i) => { row.i = i; row.key = row.path.toLowerCase(); });

  const $ = (id) => document.getElementById(id);
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const number = (value, digits = 0) =>
    value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

  function compare(a, b) {
    const x = a[order.column], y = b[order.column];
    const sign = typeof x === "number" ? x - y : x < y ? -1 : x > y ? 1 : 0;
    return (order.down ? -sign : sign) || a.i - b.i;
  }

  function choose() {
    const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const state = $("state").value, least = Number($("least").value);
    shown = rows.filter((row) => (!state || row.state === state) && row.probability >= least
      && words.every((word) => row.key.includes(word) || row.reason.toLowerCase().includes(word)));
    shown.sort(compare);
    page = 0;
    draw();
  }

  function draw() {
    const body = $("body");
    body.replaceChildren(...shown.slice(page * PAGE, (page + 1) * PAGE).map(line));
    const last = Math.min(shown.length, (page + 1) * PAGE);
    $("status").textContent = shown.length ? `${number(page * PAGE + 1)} to ${number(last)} of ${number(shown.length)} files`
      : "no file matches";
    $("back").disabled = page === 0;
    $("on").disabled = last >= shown.length;
    for (const head of document.querySelectorAll(".files thead th")) {
      if (head.dataset.column === order.column) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  function line(row) {
    const tr = make("tr");
    for (const column of COLUMNS) {
      const value = row[column];
      let cell;
      if (column === "path") {
        cell = make("th", "path");
        cell.scope = "row";
        if (row.edits) {
          const button = make("button", "name", row.path);
          button.type = "button";
          button.setAttribute("aria-expanded", "false");
          button.addEventListener("click", () => toggle(button, tr, row));
          cell.append(button);
        } else cell.append(make("span", "", row.path));
        if (row.reason) cell.append(make("div", "reason", row.reason));
      } else if (column === "probability" || column === "share" || column === "confidence") {
        cell = make("td", "n", column === "confidence" && !row.edits ? "" : `${number(100 * value)} %`);
      } else if (typeof value === "number") {
        cell = make("td", "n", number(value, column === "per_1000" ? 1 : column === "seconds" ? 2 : 0));
      } else cell = make("td", value === "failed" ? "failed" : "", value);
      tr.append(cell);
    }
    return tr;
  }

  async function toggle(button, tr, row) {
    if (button.getAttribute("aria-expanded") === "true") {
      button.setAttribute("aria-expanded", "false");
      tr.nextSibling.remove();
      return;
    }
    button.setAttribute("aria-expanded", "true");
    const holder = make("tr"), cell = make("td");
    cell.colSpan = COLUMNS.length;
    holder.append(cell);
    tr.after(holder);
    try {
      cell.append(differences(await unpack(row.i), row.path));
    } catch (error) {
      cell.textContent = `The differences cannot be shown: ${error.message}`;
    }
  }

  async function unpack(i) {
    packed ??= $("details").textContent.trim().split("\n");
    const bytes = Uint8Array.from(atob(packed[i].slice(1)), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  function differences(details, path) {
    const table = make("table", "diff"), head = make("thead"), tr = make("tr"), body = make("tbody");
    table.setAttribute("aria-label", `Differences in ${path}`);
    for (const [name, className] of [["line", "line"], ["spun", ""], ["restored", ""]]) {
      const th = make("th", className, name);
      th.scope = "col";
      tr.append(th);
    }
    head.append(tr);
    for (const [number, segments] of details.hunks) {
      const row = make("tr"), before = make("td"), after = make("td");
      for (const segment of segments) {
        if (typeof segment === "string") {
          before.append(segment);
          after.append(segment);
        } else {
          const [old, fresh, percent, reason] = segment;
          const ins = make("ins", "", fresh);
          ins.dataset.reason = `${percent} %: ${reason}`;
          ins.setAttribute("aria-description", ins.dataset.reason);
          ins.tabIndex = 0;
          before.append(make("del", "", old));
          after.append(ins);
        }
      }
      row.append(make("th", "line", String(number)), before, after);
      body.append(row);
    }
    table.append(head, body);
    if (!details.more) return table;
    const all = make("div");
    all.append(table, make("p", "soft", `and ${number(details.more)} edits more, which are not kept here (--edits keeps all)`));
    return all;
  }

  for (const head of document.querySelectorAll(".files thead th")) {
    head.firstElementChild.addEventListener("click", () => {
      const column = head.dataset.column, text = rows.length && typeof rows[0][column] === "string";
      order.down = order.column === column ? !order.down : !text;
      order.column = column;
      choose();
    });
  }
  $("filter").addEventListener("submit", (event) => event.preventDefault());
  $("search").addEventListener("input", choose);
  for (const id of ["state", "least"]) $(id).addEventListener("change", choose);
  $("back").addEventListener("click", () => { page -= 1; draw(); });
  $("on").addEventListener("click", () => { page += 1; draw(); });
  choose();
})();
