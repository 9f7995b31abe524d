# Every target only calls `sh bin/<target>`, which works where make is missing.
.DEFAULT_GOAL := bantuan
.PHONY: bantuan setup run demo test bar check bench

bantuan: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## .venv, libraries, database, reference data
	@sh bin/setup
run: ## set up, then serve the portal on http://127.0.0.1:8000 (PORT= to change) until Ctrl-C
	@sh bin/run
demo: ## one IMB and one SIUP from filing to hand-over, PDFs in var/demo/
	@sh bin/demo
test: ## the whole test suite, on SQLite and PostgreSQL
	@sh bin/test
bar: ## the reliability bar, results in var/bar.json (TINGKAT=penuh for all of it)
	@sh bin/bar
check: ## format, lint, types, import layers, migrations, templates
	@sh bin/check
bench: ## benchmarks, results in var/bench/ (SKALA=penuh for the full size)
	@sh bin/bench
