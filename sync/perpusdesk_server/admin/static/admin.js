// What the pages do besides htmx: count down a code, copy it. Without scripts all can be read.
"use strict";
document.documentElement.classList.add("scripts");

const units = new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: 2 });

function countDown(place) {
  const left = Math.floor((Number(place.dataset.until) - Date.now()) / 1000);
  if (left <= 0) {
    place.textContent = place.dataset.over;
    return;
  }
  const parts = [Math.floor(left / 3600), Math.floor((left % 3600) / 60), left % 60];
  place.textContent = parts.map((part) => units.format(part)).join(":");
}

for (const place of document.querySelectorAll("[data-until]")) {
  countDown(place);
  setInterval(() => countDown(place), 1000);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.done;
  });
}
