// Proposes the browser's own time zone, where none is set. It is only a proposal: what stands in the field counts.
for (const place of document.querySelectorAll("[data-own-zone]")) {
  const field = place.querySelector("input");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field && field.value === "" && zone && field.getAttribute("aria-invalid") !== "true") field.value = zone;
}
