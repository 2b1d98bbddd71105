const data = JSON.parse(document.getElementById("data").textContent);
const svgNamespace = document.getElementById("svg-root").namespaceURI;
const missing = "\u2013";
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function byId(id) {
  return document.getElementById(id);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

// Text always goes through append and so is never read as markup.
function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(svgNamespace, tag), attributes, children);
}

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

function grouped(value, digits) {
  const [whole, part] = Math.abs(value).toFixed(digits).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? "." + part : "");
  return (value < 0 && Number(value.toFixed(digits)) !== 0 ? "\u2212" : "") + text;
}

function number(value, digits = 2) {
  return isNumber(value) ? grouped(value, digits) : missing;
}

function percent(value, digits = 2) {
  return isNumber(value) ? grouped(value * 100, Math.abs(value) >= 100 ? 0 : digits) + " %" : missing;
}

function signedPercent(value, digits = 2) {
  return (isNumber(value) && value > 0 ? "+" : "") + percent(value, digits);
}

function price(value) {
  if (!isNumber(value)) return missing;
  const size = Math.abs(value);
  const digits = size === 0 ? 2 : Math.min(12, Math.max(2, 5 - Math.floor(Math.log10(size))));
  return size >= 1000 ? grouped(value, 2) : grouped(value, digits).replace(/(\.\d\d\d*?)0+$/, "$1");
}

// Money comes as text with all its digits; a screen shows two, or enough to see a small amount.
function money(text, sign) {
  if (text === null || text === undefined) return missing;
  const value = Number(text);
  const size = Math.abs(value);
  const digits = size > 0 && size < 1 ? Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(size)))) : 2;
  return (sign && value > 0 ? "+" : "") + grouped(value, digits);
}

function compact(value) {
  const size = Math.abs(value);
  if (size >= 1e9) return trimmed(value / 1e9) + "B";
  if (size >= 1e6) return trimmed(value / 1e6) + "M";
  if (size >= 1e4) return trimmed(value / 1e3) + "k";
  return trimmed(value);
}

function trimmed(value) {
  return grouped(value, 8).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

function tone(value) {
  return Number(value) > 0 ? "up" : Number(value) < 0 ? "down" : "";
}

function two(value) {
  return String(value).padStart(2, "0");
}

function day(seconds) {
  const date = new Date(seconds * 1000);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

function moment(seconds) {
  const date = new Date(seconds * 1000);
  const rest = date.getUTCSeconds();
  return `${day(seconds)} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${rest ? ":" + two(rest) : ""}`;
}

function isoMoment(text) {
  return text ? text.replace("T", " ").replace(/(:00)?(\.\d+)?Z$/, "") : missing;
}

function span(minutes) {
  if (!isNumber(minutes)) return missing;
  if (minutes < 1) return grouped(minutes * 60, 0) + " s";
  if (minutes < 120) return grouped(minutes, 0) + " min";
  const [value, name] = minutes < 2880 ? [minutes / 60, "h"] : [minutes / 1440, "d"];
  return trimmed(Math.round(value * 10) / 10) + " " + name;
}

function words(name) {
  return name.replaceAll("_", " ");
}
