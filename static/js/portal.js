/* Progressive help only: every page works without this file. No inline handlers, no library. */
(function () {
  "use strict";

  /* One submit per form. The button keeps its name and value, and is free again after a return, an error or 15 seconds. */
  const JEDA_MS = 15000;

  function lepaskan(form) {
    delete form.dataset.terkirim;
    form.querySelectorAll("[aria-disabled='true'][data-dijaga]").forEach(function (tombol) {
      tombol.removeAttribute("aria-disabled");
      delete tombol.dataset.dijaga;
    });
  }

  document.addEventListener("submit", function (kejadian) {
    const form = kejadian.target;
    if (form.method !== "post") return;
    if (form.dataset.terkirim) {
      kejadian.preventDefault();
      return;
    }
    form.dataset.terkirim = "1";
    const tombol = kejadian.submitter;
    if (tombol) {
      tombol.setAttribute("aria-disabled", "true");
      tombol.dataset.dijaga = "1";
    }
    window.setTimeout(function () { lepaskan(form); }, JEDA_MS);
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-terkirim]").forEach(lepaskan);
  });

  /* The error summary takes the focus when the page opens with one; its links put the cursor into the field. */
  const ringkasan = document.querySelector("[data-fokus]");
  if (ringkasan) ringkasan.focus();

  document.addEventListener("click", function (kejadian) {
    const tautan = kejadian.target.closest(".ringkasan-galat a[href^='#']");
    if (!tautan) return;
    const bidang = document.getElementById(tautan.hash.slice(1));
    if (!bidang) return;
    kejadian.preventDefault();
    bidang.scrollIntoView({ block: "center" });
    bidang.focus({ preventScroll: true });
  });

  /* A chosen file says its size at once, and when it is over the limit, before anything is sent. */
  function ukuran(bita) {
    const mb = bita / 1048576;
    if (mb < 1) return Math.max(1, Math.round(bita / 1024)) + " kB";
    return mb.toFixed(1).replace(".", ",").replace(",0", "") + " MB";
  }

  document.addEventListener("change", function (kejadian) {
    const masukan = kejadian.target;
    if (masukan.type !== "file") return;
    const catatan = document.getElementById(masukan.id + "_ukuran");
    if (!catatan) return;
    const maks = Number(masukan.dataset.maks || 0);
    const teks = Array.from(masukan.files).map(function (berkas) {
      return berkas.name + " (" + ukuran(berkas.size) + ")";
    });
    const lebih = maks && Array.from(masukan.files).some(function (berkas) { return berkas.size > maks; });
    catatan.textContent = teks.join(", ") + (lebih ? ". " + catatan.dataset.lebih.replace("{maks}", ukuran(maks)) : "");
    catatan.classList.toggle("galat", Boolean(lebih));
  });

  /* Copy and print buttons exist in the page as hidden, and appear only where they can work. */
  document.querySelectorAll("[data-cetak]").forEach(function (tombol) {
    tombol.hidden = false;
    tombol.addEventListener("click", function () { window.print(); });
  });

  if (navigator.clipboard) {
    document.querySelectorAll("[data-salin]").forEach(function (tombol) {
      tombol.hidden = false;
      tombol.addEventListener("click", function () {
        navigator.clipboard.writeText(tombol.dataset.salin).then(function () {
          const kata = tombol.querySelector("[data-kata]") || tombol;
          const semula = kata.textContent;
          kata.textContent = tombol.dataset.tersalin;
          window.setTimeout(function () { kata.textContent = semula; }, 2000);
        });
      });
    });
  }

  /* j and k move between the rows of a list, but only while the focus is inside that list (WCAG 2.1.4). */
  document.addEventListener("keydown", function (kejadian) {
    if ((kejadian.key !== "j" && kejadian.key !== "k") || kejadian.ctrlKey || kejadian.metaKey || kejadian.altKey) return;
    const daftar = document.activeElement && document.activeElement.closest("table.daftar");
    if (!daftar || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    const tautan = Array.from(daftar.querySelectorAll("tbody a.utama"));
    const kini = tautan.findIndex(function (satu) {
      return satu.closest("tr") === document.activeElement.closest("tr");
    });
    const tuju = tautan[kini + (kejadian.key === "j" ? 1 : -1)];
    if (tuju) {
      kejadian.preventDefault();
      tuju.focus();
    }
  });
}());
