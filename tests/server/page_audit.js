// What is wrong with the page that is shown: names, contrast, targets, order of headings, width.
// Contrast is that of WCAG 2.2 (1.4.3, 1.4.11); a target has at least 24 CSS pixels (2.5.8).
() => {
  const flaws = [];
  const visible = (one) => {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    return box.width > 1 && box.height > 1 && style.visibility === "visible" && !one.closest(".unseen, .skip");
  };
  const said = (one) => `<${one.tagName.toLowerCase()}> ${(one.textContent || one.id || one.name || "").trim().slice(0, 40)}`;
  const channels = (text) => {
    const found = text.match(/[\d.]+/g).map(Number);
    return text.startsWith("color(srgb") ? [found[0] * 255, found[1] * 255, found[2] * 255, found[3] ?? 1] : [...found.slice(0, 3), found[3] ?? 1];
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };

  for (const one of document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea")) {
    const label = one.labels?.[0]?.textContent ?? "";
    const name = one.getAttribute("aria-label") || label || (one.matches("a, button") ? one.textContent : "");
    if (!name.trim()) flaws.push(`no name: ${said(one)}`);
    if (!visible(one)) continue;
    const box = one.getBoundingClientRect();
    const inline = one.matches("a") && getComputedStyle(one).display === "inline";
    if (!inline && Math.min(box.height, box.width) < 24 && !one.matches("[type=radio]")) {
      flaws.push(`target of ${Math.round(box.width)} x ${Math.round(box.height)}: ${said(one)}`);
    }
    if (one.matches("input, select, textarea") && !one.matches("[type=radio]")) {
      const edge = ratio(channels(getComputedStyle(one).borderTopColor), ground(one.parentElement));
      if (edge < 3) flaws.push(`edge ${edge.toFixed(1)}: ${said(one)}`);
    }
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const one = text.parentElement;
    if (!text.data.trim() || !visible(one) || one.closest("option, svg, script")) continue;
    const style = getComputedStyle(one);
    const found = ratio(channels(style.color), ground(one));
    const large = parseFloat(style.fontSize) >= 24;
    if (found < (large ? 3 : 4.5)) flaws.push(`contrast ${found.toFixed(2)}: ${said(one)}`);
    if (parseFloat(style.fontSize) < 11.5) flaws.push(`small type: ${said(one)}`);
  }
  for (const one of document.querySelectorAll("main .icon")) {
    if (!visible(one)) continue;
    const found = ratio(channels(getComputedStyle(one).color), ground(one));
    if (found < 3) flaws.push(`icon ${found.toFixed(2)}: ${said(one.parentElement)}`);
  }

  const levels = [...document.querySelectorAll("h1, h2, h3")].map((one) => Number(one.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) flaws.push(`first headings: ${levels}`);
  if (levels.some((level, place) => level > (levels[place - 1] ?? 0) + 1)) flaws.push(`headings: ${levels}`);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of ids.filter((one, place) => ids.indexOf(one) !== place)) flaws.push(`id twice: ${id}`);
  for (const one of document.querySelectorAll("[aria-describedby], [aria-labelledby]")) {
    const named = `${one.getAttribute("aria-describedby") ?? ""} ${one.getAttribute("aria-labelledby") ?? ""}`;
    for (const id of named.split(/\s+/).filter(Boolean)) if (!ids.includes(id)) flaws.push(`no id: ${id}`);
  }
  if (!document.querySelector("main") || !document.documentElement.lang || !document.title.trim()) flaws.push("no main, language or title");
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) flaws.push(`${wide} px too wide`);
  return flaws;
}
