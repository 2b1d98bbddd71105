// One time range for all charts: zooming into one zooms into all.
const view = { first: 0, last: 1, from: 0, to: 1, watchers: [] };

function setView(from, to) {
  const shortest = Math.max((view.last - view.first) / 5000, 1);
  const center = (from + to) / 2;
  const half = Math.max(to - from, shortest) / 2;
  view.from = Math.max(view.first, center - half);
  view.to = Math.min(view.last, center + half);
  view.watchers.forEach(watch => watch());
}

function isZoomed() {
  return view.from > view.first || view.to < view.last;
}

/*
 * A chart over time. spec: label; rows of {height, title, extent(from, to), format, ticks, isLog(), draw(plot)};
 * tip(time, pointer, plots) giving {time, rows, spots: [{row, value, kind}]} or null.
 */
function timeChart(host, spec) {
  const tip = tipBox(host);
  const root = svg("svg", { class: "zoomable", tabindex: 0, role: "img", "aria-label": spec.label });
  let plots = [];
  let frame = null;
  let overlay = null;
  let dragStart = null;

  function draw(width) {
    const right = width < 520 ? 54 : 68;
    frame = { width, left: 2, right: width - right, top: 8 };
    const x = linear(view.from, view.to, 0, frame.right - frame.left);
    root.replaceChildren();
    let top = frame.top;
    plots = spec.rows.map(row => {
      const plot = drawRow(row, x, top);
      top += row.height + 14;
      return plot;
    });
    drawTimeAxis(x, top);
    root.setAttribute("viewBox", `0 0 ${width} ${top + 12}`);
    overlay = svg("g");
    root.append(overlay);
  }

  function drawRow(row, x, top) {
    const width = frame.right - frame.left;
    const [low, high] = row.extent(view.from, view.to);
    const isLog = row.isLog?.() === true && low > 0;
    const y = (isLog ? logarithmic : linear)(low, high, row.height, 0);
    const ticks = isLog ? logTicks(low, high) : niceTicks(Math.min(low, high), Math.max(low, high), row.ticks || Math.max(2, Math.round(row.height / 55)));
    for (const tick of ticks) {
      const height = Math.round(top + y(tick)) + 0.5;
      root.append(
        svg("path", { class: "grid", d: `M${frame.left} ${height}H${frame.right}` }),
        svg("text", { x: frame.right + 7, y: height + 4 }, row.format(tick)));
    }
    const area = svg("svg", { x: frame.left, y: top, width, height: row.height, overflow: "hidden" });
    const plot = { row, x, y, top, width, height: row.height, area, from: view.from, to: view.to, low, high };
    row.draw(plot);
    root.append(area);
    return plot;
  }

  function drawTimeAxis(x, top) {
    const ticks = timeTicks(view.from, view.to, Math.max(2, Math.floor(frame.width / 110)));
    for (const tick of ticks) {
      const at = Math.round(frame.left + x(tick.t)) + 0.5;
      root.prepend(svg("path", { class: "grid", d: `M${at} ${frame.top}V${top - 10}` }));
      const anchor = at < 24 ? "start" : at > frame.right - 24 ? "end" : "middle";
      root.append(svg("text", { x: at, y: top + 6, "text-anchor": anchor }, tick.label));
    }
  }

  function pointerAt(event) {
    const box = root.getBoundingClientRect();
    const scale = frame.width / box.width;
    const px = Math.min(frame.right, Math.max(frame.left, (event.clientX - box.left) * scale));
    const time = view.from + (px - frame.left) / (frame.right - frame.left) * (view.to - view.from);
    return { px, py: (event.clientY - box.top) * scale, time };
  }

  function hover(pointer) {
    const found = spec.tip(pointer.time, pointer, plots, frame);
    overlay.replaceChildren();
    if (!found) {
      tip.hide();
      return;
    }
    const at = frame.left + plots[0].x(found.time);
    const last = plots[plots.length - 1];
    overlay.append(svg("path", { class: "cross", d: `M${fixed(at)} ${frame.top}V${last.top + last.height}` }));
    for (const spot of found.spots) {
      const plot = plots[spot.row];
      const height = plot.top + plot.y(spot.value);
      if (height >= plot.top - 1 && height <= plot.top + plot.height + 1) {
        overlay.append(svg("circle", { class: "spot " + spot.kind, cx: fixed(at), cy: fixed(height), r: 4.5 }));
      }
    }
    tip.show(at, found.rows);
  }

  function leave() {
    dragStart = null;
    overlay.replaceChildren();
    tip.hide();
  }

  function drag(pointer) {
    tip.hide();
    const from = Math.min(dragStart.px, pointer.px);
    const last = plots[plots.length - 1];
    overlay.replaceChildren(svg("rect", {
      class: "select", x: from, y: frame.top, width: Math.abs(pointer.px - dragStart.px), height: last.top + last.height - frame.top,
    }));
  }

  function listen() {
    root.addEventListener("pointerdown", event => {
      if (event.button !== 0) return;
      dragStart = pointerAt(event);
      if (event.pointerType !== "touch") root.setPointerCapture(event.pointerId);
      hover(dragStart);
    });
    root.addEventListener("pointermove", event => {
      const pointer = pointerAt(event);
      if (dragStart && Math.abs(pointer.px - dragStart.px) > 6) drag(pointer);
      else hover(pointer);
    });
    root.addEventListener("pointerup", event => {
      const end = pointerAt(event);
      const start = dragStart;
      dragStart = null;
      if (start && Math.abs(end.px - start.px) > 6) {
        leave();
        setView(Math.min(start.time, end.time), Math.max(start.time, end.time));
      }
    });
    root.addEventListener("pointerleave", leave);
    root.addEventListener("pointercancel", leave);
    root.addEventListener("dblclick", () => setView(view.first, view.last));
    root.addEventListener("keydown", onKey);
  }

  function onKey(event) {
    const width = view.to - view.from;
    const moves = {
      ArrowLeft: [-0.25, -0.25], ArrowRight: [0.25, 0.25], "+": [0.25, -0.25], "=": [0.25, -0.25], "-": [-0.5, 0.5],
    };
    const move = moves[event.key];
    if (event.key === "Escape" || event.key === "0") setView(view.first, view.last);
    else if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "ArrowLeft") setView(...shifted(Math.max(view.first - view.from, width * move[0])));
    else if (event.key === "ArrowRight") setView(...shifted(Math.min(view.last - view.to, width * move[1])));
    else setView(view.from + width * move[0], view.to + width * move[1]);
    event.preventDefault();
  }

  function shifted(by) {
    return [view.from + by, view.to + by];
  }

  function redraw() {
    if (host.clientWidth > 0) draw(host.clientWidth);
  }

  host.prepend(root);
  listen();
  whenResized(host, draw);
  view.watchers.push(redraw);
  return redraw;
}

// Indices of the points to draw for a time range, with one more on either side so that lines run off the edge.
function visible(times, from, to) {
  return [Math.max(0, lowerBound(times, from) - 1), Math.min(times.length, lowerBound(times, to) + 1)];
}

function sample(kind, text) {
  const shapes = {
    hold: svg("path", { class: "line hold", d: "M0 6H18" }),
    equity: svg("path", { class: "line equity", d: "M0 6H18" }),
    depth: svg("rect", { class: "area depth", width: 18, height: 10, y: 1 }),
    entryLong: svg("path", { class: "mark entry", d: "M9 1L15 11H3Z" }),
    entryShort: svg("path", { class: "mark entry", d: "M9 11L15 1H3Z" }),
    win: svg("circle", { class: "mark up", cx: 9, cy: 6, r: 4 }),
    loss: svg("circle", { class: "mark down", cx: 9, cy: 6, r: 4 }),
  };
  return el("span", null, svg("svg", { viewBox: "0 0 18 12", "aria-hidden": "true" }, shapes[kind]), text);
}
