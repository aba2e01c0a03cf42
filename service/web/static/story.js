// A story goes on by itself: it waits, writes what is about to be sent, asks the server for the next scene, and looks.
// Without this file the buttons Next and Start over do the same, one scene at a time.
// In the address: pace (1 to 100), play (on or off), until (the name of a scene to stop at).
"use strict";

const SPEEDS = [1, 2, 4];
const CALL_SPEED = 5; // a guided call lasts six minutes; a story has it in about one
const WRITING_MS = 1100;
const LOOK_WHILE_ACTING_MS = 700;
const play = document.querySelector("[data-play]");
const pauseButton = document.querySelector("[data-pause]");
const speedButton = document.querySelector("[data-speed]");
const asked = new URL(location.href).searchParams;
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
let scene = JSON.parse(document.body.dataset.scene);
let pace = Math.min(Math.max(Number(asked.get("pace")) || 1, 1), 100);
let isPlaying = false;
let isActing = false;
let turn = 0; // each step of waiting has a number; what was begun before a pause finds another, and stops

// ---- going on

function setPlaying(wish) {
  isPlaying = wish && !scene.over;
  turn += 1;
  pauseButton.setAttribute("aria-disabled", String(scene.over));
  pauseButton.textContent = isPlaying ? pauseButton.dataset.pauseWord : pauseButton.dataset.playWord;
  remember("play", isPlaying ? "on" : "off");
  if (isPlaying) goOn(turn);
}

async function goOn(mine) {
  await passed(scene.seconds * 1000, mine);
  await quiet(mine);
  if (mine !== turn || !isPlaying) return;
  await write(mine);
  if (mine !== turn || !isPlaying) return;
  await act("next");
  if (mine !== turn) return;
  if (scene.over || scene.name === asked.get("until")) setPlaying(false);
  else goOn(mine);
}

async function passed(milliseconds, mine) { // counted in small steps, so that another speed counts at once
  for (let left = milliseconds; left > 0 && mine === turn; left -= 100 * pace) await nap(100);
}

async function quiet(mine) {
  while (isSaying() && mine === turn) await nap(100);
}

const nap = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

async function write(mine) {
  for (const { side, text } of scene.writes) {
    const draft = document.querySelector(`[data-draft="${side}"]`);
    if (!draft) continue;
    const steps = isStill ? 1 : Math.min(text.length, 22);
    for (let step = 1; step <= steps && mine === turn; step += 1) {
      draft.textContent = text.slice(0, Math.ceil((text.length * step) / steps));
      await nap(WRITING_MS / steps / pace);
    }
  }
}

async function act(what) {
  if (isActing) return;
  isActing = true;
  setBusy(true, what);
  for (const side of ["left", "right"]) hush(side);
  unfolding = isStill ? 0 : CALL_SPEED * pace;
  const looks = setInterval(look, LOOK_WHILE_ACTING_MS);
  const fields = new URLSearchParams(new FormData(play));
  fields.set("act", what);
  fields.set("scene", scene.place);
  const { error, remedy, said } = await post(play, fields);
  clearInterval(looks);
  if (said) scene = said;
  show(error ? `${error} ${remedy}` : "");
  await looking; // what was asked for before the act may show the time before it
  await look();
  setBusy(false, what);
  isActing = false;
  if (error) setPlaying(false);
}

function show(error) {
  document.getElementById("story-error").textContent = error;
  for (const draft of document.querySelectorAll("[data-draft]")) draft.textContent = "";
  play.elements.namedItem("scene").value = scene.place;
  const progress = play.querySelector("progress");
  progress.value = scene.place + 1;
  progress.setAttribute("aria-label", progress.dataset.sceneWord.replace("#", scene.place + 1));
  play.querySelector('[value="next"]').setAttribute("aria-disabled", String(scene.over));
}

function setBusy(isBusy, what) {
  const busy = document.querySelector("[data-busy]");
  const words = scene.place < 0 || what === "again" ? busy.dataset.firstWords : busy.dataset.words;
  busy.classList.toggle("on", isBusy);
  busy.querySelector("span").textContent = isBusy ? words : "";
}

// ---- hands

function remember(name, value) { // in the address, so that a reload goes on as it was
  const address = new URL(location.href);
  if (address.pathname !== "/handset") return;
  address.searchParams.set(name, value);
  history.replaceState(null, "", address);
}

function showSpeed() {
  speedButton.textContent = speedButton.dataset.speedWord.replace("#", pace);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches("[data-play]")) {
    event.preventDefault();
    if (isActing || event.submitter.ariaDisabled === "true") return;
    const goesOn = isPlaying || event.submitter.value === "again";
    setPlaying(false);
    await act(event.submitter.value);
    setPlaying(goesOn);
  } else if (form.matches("[data-cut]")) {
    event.preventDefault();
    if (event.submitter.ariaDisabled === "true") return;
    const goesOn = isPlaying;
    setPlaying(false);
    event.submitter.ariaDisabled = "true";
    await act("power-cut");
    setPlaying(goesOn);
  }
});

pauseButton.addEventListener("click", () => setPlaying(!isPlaying));

speedButton.addEventListener("click", () => {
  pace = SPEEDS.find((speed) => speed > pace) ?? SPEEDS[0];
  if (unfolding) unfolding = CALL_SPEED * pace;
  showSpeed();
  remember("pace", pace);
});

document.querySelector(".chooser [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
pauseButton.hidden = speedButton.hidden = false;
showSpeed();
setPlaying(asked.get("play") === "on" || (asked.get("play") !== "off" && !isStill));
