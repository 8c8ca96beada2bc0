/* What the browser does for comfort. Every page also works without this file.
   All listeners sit on the document, so they hold for sections that htmx swaps in. */
"use strict";

document.documentElement.classList.add("js");

const on = (type, selector, act) =>
  document.addEventListener(type, (event) => {
    const element = event.target.closest && event.target.closest(selector);
    if (element) act(element, event);
  });

/* Figures while typing: rupiah in thousands, NIK in fours with a live count. */

const digitsOf = (text) => text.replace(/\D/g, "");
const grouped = (text) => /^[\d.\s]+$/.test(text) ? digitsOf(text).replace(/\B(?=(\d{3})+$)/g, ".") : text;
const inFours = (text) => /^[\d\s.-]+$/.test(text) ? digitsOf(text).replace(/(\d{4})(?=\d)/g, "$1 ") : text;

function reshape(input, shape) {
  const shaped = shape(input.value);
  if (shaped === input.value) return;
  const before = digitsOf(input.value.slice(0, input.selectionStart)).length;
  input.value = shaped;
  if (document.activeElement !== input) return;
  let place = 0;
  for (let seen = 0; seen < before; place++) if (/\d/.test(shaped[place])) seen++;
  input.setSelectionRange(place, place);
}

function countNik(input) {
  reshape(input, inFours);
  const output = document.querySelector(`output[for="${input.id}"]`);
  if (output) output.textContent = output.dataset.count.replace("{n}", digitsOf(input.value).length);
}

on("input", "[data-rupiah]", (input) => reshape(input, grouped));
on("input", "[data-nik]", countNik);

/* Debit less credit of an entry, while it is typed. */

function weigh(output) {
  const sum = (side) => [...output.form.querySelectorAll(`[data-side="${side}"]`)]
    .reduce((total, input) => total + Number(digitsOf(input.value)), 0);
  const [debit, credit] = [sum("debit"), sum("credit")];
  const figure = grouped(String(Math.abs(debit - credit)));
  output.value = debit === credit ? output.dataset.even : output.dataset.odd.replace("{n}", figure);
  output.classList.toggle("even", debit === credit && debit > 0);
  output.classList.toggle("odd", debit !== credit);
}

on("input", "[data-side]", (input) => input.form.querySelectorAll("[data-even]").forEach(weigh));

/* A button that moves money says how much: "{n}" becomes the sum of the amounts above it. */

const amountOf = (input) => /^\d[\d.\s]*$/.test(input.value) ? Number(digitsOf(input.value)) : 0;

function carry(button) {
  const total = [...button.form.querySelectorAll(button.dataset.of || "[data-rupiah], [data-amounts]")]
    .reduce((sum, input) => sum + amountOf(input), 0);
  button.dataset.plain ??= button.firstChild.data;
  button.firstChild.data = total ? button.dataset.carries.replace("{n}", `Rp${grouped(String(total))}`) : button.dataset.plain;
}

on("input", "form", (form) => form.querySelectorAll("[data-carries]").forEach(carry));

/* "Today" and "Yesterday" beside a date. The server's day counts, not the phone's. */

on("click", "[data-day]", (button) => {
  const day = new Date(document.documentElement.dataset.today || Date.now());
  day.setUTCDate(day.getUTCDate() + Number(button.dataset.day));
  const input = document.getElementById(button.dataset.for);
  input.value = day.toISOString().slice(0, 10).split("-").reverse().join("-");
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
});

/* One tap, one sending: the button says so and keeps its width. The server checks as well. */

const sending = new Map();

function hold(form, button) {
  const held = { button, label: button && [...button.childNodes], timer: setTimeout(release, 20000, form) };
  sending.set(form, held);
  if (!button || !button.dataset.busy) return;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.setAttribute("aria-disabled", "true");
  button.replaceChildren(button.dataset.busy);
}

function release(form) {
  const held = sending.get(form);
  if (!held) return;
  clearTimeout(held.timer);
  sending.delete(form);
  if (!held.button || !held.button.dataset.busy) return;
  held.button.removeAttribute("aria-disabled");
  held.button.replaceChildren(...held.label);
}

const buttonOf = (form, event) => (event && event.submitter) || form.querySelector("button:not([type=button])");

document.addEventListener("submit", (event) => {
  const form = event.target;
  form.querySelectorAll("[data-reveal][aria-pressed=true]").forEach((button) => button.click());
  if (form.method !== "post" || form.hasAttribute("data-hx-post")) return;
  if (sending.has(form)) event.preventDefault();
  else if (!event.defaultPrevented) hold(form, buttonOf(form, event));
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (elt.tagName !== "FORM" || requestConfig.verb === "get") return;
  if (sending.has(elt)) event.preventDefault();
  else hold(elt, buttonOf(elt, requestConfig.triggeringEvent));
});
document.addEventListener("htmx:afterRequest", (event) => release(event.detail.elt));
window.addEventListener("pageshow", () => [...sending.keys()].forEach(release));

/* When no answer comes, or one that is not ours, say so where alerts appear. */

function tellNoAnswer() {
  const box = document.createElement("p");
  box.className = "notice notice-bad";
  box.textContent = document.body.dataset.noAnswer;
  document.getElementById("alert").replaceChildren(box);
  box.scrollIntoView({ block: "center" });
}
document.addEventListener("htmx:sendError", tellNoAnswer);
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  if (xhr.status !== 422 && !xhr.responseText.includes('id="explanation"')) setTimeout(tellNoAnswer, 50);
});

/* Small helpers: search key, copying, printing, dialogs, links into a closed fold. */

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  const search = document.querySelector("[data-search]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

/* From the search down into what was found, and back up. */

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const search = document.querySelector("[data-search]");
  const stops = search ? [search, ...document.querySelectorAll("main .rows a.row")] : [];
  const at = stops.indexOf(event.target);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
});

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.body.appendChild(document.createElement("textarea"));
  area.value = text;
  area.select();
  document.execCommand("copy");
  area.remove();
}
on("click", "[data-copy]", async (button) => {
  if (button.textContent === button.dataset.done) return;
  const source = document.getElementById(button.dataset.copyFrom);
  await copy(source ? source.innerText : button.dataset.copy);
  document.getElementById("spoken").textContent = button.dataset.done;
  const label = [...button.childNodes];
  button.replaceChildren(button.dataset.done);
  setTimeout(() => button.replaceChildren(...label), 2000);
});
on("click", "[data-insert]", (button) => {
  const area = document.getElementById(button.dataset.into);
  area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
  area.focus();
  document.getElementById("spoken").textContent = button.dataset.done;
});
on("click", "[data-put]", (button) => {
  const input = document.getElementById(button.dataset.for);
  input.value = button.dataset.put;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
});
on("click", "[data-reveal]", (button) => {
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === "text";
  const label = button.firstChild;
  [label.data, button.dataset.hide] = [button.dataset.hide, label.data];
  input.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
});
on("change", "[data-sends]", (input) => input.form.requestSubmit());
on("click", "[data-print]", () => window.print());
on("click", "[data-dialog]", (opener, event) => {
  event.preventDefault();
  document.getElementById(opener.dataset.dialog).showModal();
});
on("click", "a[href^='#']", (link) => {
  const target = document.getElementById(link.hash.slice(1));
  const fold = target && target.closest("details");
  if (fold) fold.open = true;
});

/* The collection sheet: one tap fills an amount in (a second tap takes it out), the sum runs along. */

function addUp(form) {
  const given = [...form.querySelectorAll("[data-amount]")].map((input) => /^[\d.\s]+$/.test(input.value) ? Number(digitsOf(input.value)) : 0).filter((sum) => sum > 0);
  const total = given.reduce((sum, one) => sum + one, 0);
  const count = form.querySelector("[data-sheet-count]");
  form.querySelector("[data-sheet-total]").textContent = `Rp${grouped(String(total))}`;
  count.textContent = count.dataset.sheetCount.replace("{n}", given.length);
}
on("input", "[data-sheet]", addUp);
on("click", "[data-fill]", (button) => {
  const input = document.getElementById(button.dataset.fill);
  const amount = grouped(button.dataset.amount);
  input.value = input.value === amount ? "" : amount;
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

on("click", "[data-fill-all]", (button) => {
  for (const one of button.form.querySelectorAll("[data-one-month]")) {
    const input = document.getElementById(one.dataset.fill);
    if (!input.value) input.value = grouped(one.dataset.amount);
  }
  button.form.dispatchEvent(new Event("input", { bubbles: true }));
});

/* A long form keeps a draft on this device until its page of success arrives. The draft holds
   the key of the form as well, so what was saved while the answer got lost is not saved twice. */

const DRAFT_HOURS = 72;
const draftName = (name) => `draft/${name}`;

function keepDraft(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
  try { localStorage.setItem(draftName(form.dataset.draft), JSON.stringify({ at: Date.now(), fields })); } catch { return; /* no room, no draft */ }
  form.querySelectorAll("[data-draft-saved]").forEach((note) => { note.hidden = false; });
}
function forgetDraft(name) {
  try { localStorage.removeItem(draftName(name)); } catch { /* nothing was kept */ }
}
function readDraft(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(name));
    return draft && Date.now() - draft.at < DRAFT_HOURS * 3600000 ? draft.fields : [];
  } catch { return []; }
}
function restoreDraft(form) {
  const fields = readDraft(draftName(form.dataset.draft));
  if (!fields.some(([name, value]) => value && form.elements[name] && form.elements[name].matches?.("[data-amount], [data-kept]"))) return;
  form.querySelectorAll("[type=checkbox], [type=radio]").forEach((box) => {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
  });
  for (const [name, value] of fields) if (form.elements[name] && form.elements[name].type !== "checkbox") form.elements[name].value = value;
  form.querySelectorAll("[data-signature]").forEach(showSignature);
  form.querySelector("[data-draft-notice]").hidden = false;
}
on("input", "[data-draft]", keepDraft);
on("change", "[data-draft]", keepDraft);
on("click", "[data-draft-drop]", (button) => {
  forgetDraft(button.form.dataset.draft);
  location.reload();
});

/* Signing with a finger: the drawing travels in a hidden field, as a small PNG. */

const padOf = (field) => field.parentElement.querySelector("canvas");
function penOf(canvas) {
  const pen = canvas.getContext("2d");
  pen.lineWidth = 4;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#14161a";
  return pen;
}
const placeOn = (canvas, event) => [event.offsetX * canvas.width / canvas.clientWidth, event.offsetY * canvas.height / canvas.clientHeight];

function showSignature(field) {
  const canvas = padOf(field);
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
  if (!field.value) return;
  const drawn = new Image();
  drawn.onload = () => canvas.getContext("2d").drawImage(drawn, 0, 0);
  drawn.src = field.value;
}
function signed(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
on("pointerdown", "canvas.signature", (canvas, event) => {
  canvas.setPointerCapture(event.pointerId);
  const pen = penOf(canvas);
  pen.beginPath();
  pen.moveTo(...placeOn(canvas, event));
  canvas.dataset.drawing = "";
});
on("pointermove", "canvas.signature[data-drawing]", (canvas, event) => {
  const pen = canvas.getContext("2d");
  pen.lineTo(...placeOn(canvas, event));
  pen.stroke();
});
for (const type of ["pointerup", "pointercancel"]) {
  on(type, "canvas.signature[data-drawing]", (canvas) => {
    delete canvas.dataset.drawing;
    signed(canvas.parentElement.querySelector("[data-signature]"), canvas.toDataURL("image/png"));
  });
}
on("click", "[data-wipe]", (button) => {
  const field = button.parentElement.querySelector("[data-signature]");
  signed(field, "");
  showSignature(field);
});

on("click", "[data-tick-all]", (button) => {
  button.form.querySelectorAll(`[name="${button.dataset.tickAll}"]`).forEach((box) => { box.checked = true; });
});

/* A link that leads out of the system and is noted: the note is sent while the link opens. */

on("click", "[data-note]", async (link) => {
  const token = JSON.parse(document.body.getAttribute("data-hx-headers"))["X-CSRFToken"];
  const body = new URLSearchParams({ key: link.dataset.key, csrf_token: token });
  const sent = await fetch(link.dataset.note, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => null);
  if (!sent || (sent.type !== "opaqueredirect" && !sent.ok)) return tellNoAnswer();
  document.getElementById(link.dataset.shown).textContent = link.dataset.done;
  link.classList.add("btn-done");
});

/* After a page or a section arrives: shape its figures, and put the focus where work goes on. */

function settle(section, arrived) {
  section.querySelectorAll("[data-rupiah]").forEach((input) => reshape(input, grouped));
  section.querySelectorAll("[data-nik]").forEach(countNik);
  section.querySelectorAll("[data-draft-done]").forEach((mark) => forgetDraft(mark.dataset.draftDone));
  section.querySelectorAll("[data-draft-restore]").forEach(restoreDraft);
  section.querySelectorAll("[data-signature]").forEach(showSignature);
  section.querySelectorAll("[data-sheet]").forEach(addUp);
  section.querySelectorAll("[data-even]").forEach(weigh);
  section.querySelectorAll("[data-carries]").forEach(carry);
  const next = section.querySelector("[data-summary]") || (arrived && section.querySelector("[data-focus]"));
  if (next) next.focus();
}
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) settle(event.detail.elt, true); });
settle(document, false);

/* Counting a drawer: the sum of each line and of all, while typing. The server adds up as well. */

const rupiahOf = (amount) => `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}`;
on("input", "[data-pieces]", (input) => {
  const form = input.closest("[data-counting]");
  let sum = 0;
  form.querySelectorAll("[data-pieces]").forEach((field) => {
    const line = /^\d[\d.\s]*$/.test(field.value.trim()) ? Number(digitsOf(field.value)) * Number(field.dataset.pieces) : 0;
    form.querySelector(`output[for="${field.id}"]`).textContent = rupiahOf(line);
    sum += line;
  });
  form.querySelector("[data-counted]").textContent = rupiahOf(sum);
});

/* Photos are made smaller on the telephone: a weak network carries them, and the place where
   they were taken stays at home. What cannot be made smaller is sent as it is, if it may be. */

const SIDE = 1600;
async function shrunk(photo) {
  const picture = await createImageBitmap(photo);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("no picture")), "image/jpeg", 0.8));
}
function nameFile(input) {
  const name = input.parentElement.querySelector("[data-file-name]");
  if (!name) return;
  name.dataset.none ??= name.textContent;
  name.textContent = [...input.files].map((file) => file.name).join(", ") || name.dataset.none;
}
on("change", "input[type=file]", nameFile);
function sayBeside(input, message) {
  const box = input.closest(".field");
  const said = box.querySelector("[data-said]") || box.insertBefore(document.createElement("p"), input.closest(".file"));
  said.className = "wrong";
  said.dataset.said = "";
  said.setAttribute("role", "alert");
  said.textContent = message;
  said.hidden = !message;
}
on("change", "[data-photo]", async (input) => {
  const photo = input.files[0];
  sayBeside(input, "");
  if (!photo) return;
  try {
    const small = await shrunk(photo);
    if (small.size >= photo.size) return;
    const files = new DataTransfer();
    files.items.add(new File([small], photo.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }));
    input.files = files.files;
  } catch {
    if (photo.size <= Number(input.dataset.photo)) return;
    sayBeside(input, input.dataset.tooLarge);
    input.value = "";
    nameFile(input);
  }
});
