"""How pages look: on screens, in light and dark, on a phone, and on paper."""

from base64 import b64encode
from hashlib import sha256

#: Of tables, wherever they are shown.
STYLE = """
.bajio { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; max-width: 75rem;
  color: light-dark(#1b1f24, #e6e9ee); }
.bajio h1, .bajio h2 { font-size: 1.25rem; line-height: 1.3; margin: 1.2em 0 .4em; }
.bajio .scroll { overflow-x: auto; }
.bajio table { border-collapse: collapse; margin: .4em 0 .8em; background: none; }
.bajio caption { text-align: left; font-weight: 600; padding: .2em 0 .5em; white-space: pre-line; }
.bajio th, .bajio td { padding: .35em .8em .35em 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid light-dark(#d5dae1, #3a424d); font-variant-numeric: tabular-nums; }
.bajio thead th, .bajio thead td { border-bottom: 2px solid light-dark(#8a94a3, #7d8896);
  font-weight: 600; vertical-align: bottom; }
.bajio tbody th { font-weight: 500; }
.bajio .right { text-align: right; }
.bajio .short:not(thead *) { white-space: nowrap; }
.bajio td:not(.right):not(.short) { min-width: 16rem; }
.bajio th, .bajio td { overflow-wrap: break-word; max-width: 32rem; }
.bajio h1, .bajio h2, .bajio caption, .bajio li, .bajio p { overflow-wrap: anywhere; }
.bajio ul { margin: .2em 0 1em; padding-left: 1.2em; font-size: .9em;
  color: light-dark(#4a5361, #aab3c0); }
@media print { .bajio { color: #000; font-size: 10pt; max-width: none; }
  .bajio .scroll { overflow: visible; } .bajio tr { break-inside: avoid; } }
"""
#: Of pages by themselves.
PAGE = """
body { margin: 0; padding: 1rem; color-scheme: light dark; background: light-dark(#fff, #14181d); }
"""
#: Of those that have sections and pictures.
SECTIONS = """
body { padding: 0; }
.bajio { margin: 0 auto; padding: 0 1.25rem 3rem; font-size: 16px; max-width: 68rem; }
.bajio h1 { font-size: 2rem; margin: 2.5rem 0 1rem; letter-spacing: -.01em; }
.bajio h2 { font-size: 1.4rem; margin: 0 0 .6rem; }
.bajio section { padding-top: 1.6rem; margin-top: 1.6rem;
  border-top: 1px solid light-dark(#d5dae1, #3a424d); }
.bajio section > p { max-width: 44rem; margin: .5em 0; }
.bajio table { font-size: .9rem; }
.bajio td:not(.right):not(.short) { min-width: 13rem; }
.bajio td.right:not(.short) { min-width: 10rem; }
.bajio tbody th { background: light-dark(#fff, #14181d); }
.bajio ul { max-width: 52rem; }
.bajio a { color: light-dark(#0b4f94, #8ec5ff); }
.bajio a:focus-visible, .bajio [tabindex]:focus-visible { outline: 3px solid light-dark(#0072b2,
  #56b4e9); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; top: 0; padding: .6rem 1rem; z-index: 2;
  background: light-dark(#fff, #14181d); color: light-dark(#0b4f94, #8ec5ff);
  font: 16px/1.5 system-ui, sans-serif; }
.skip:focus { left: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; }
nav li { padding: .15rem 0; }
.bajio figure { margin: 1rem 0; max-width: 54rem; }
.bajio figure svg { display: block; width: 100%; height: auto; min-width: 42rem; }
.bajio figure p { border-left: 4px solid light-dark(#8a94a3, #7d8896); padding-left: .8rem;
  margin: 0; max-width: 44rem; }
.bajio pre { overflow-x: auto; padding: .8rem 1rem; font-size: .9rem; border-radius: .3rem;
  background: light-dark(#f2f4f7, #222932); white-space: pre-wrap; overflow-wrap: anywhere; }
@media screen and (prefers-color-scheme: dark) {
  .bajio figure svg { filter: invert(.92) hue-rotate(180deg); }
  .bajio figure svg > rect:first-child { fill: none; } }
@media screen and (max-width: 45rem) {
  .bajio h1 { font-size: 1.6rem; margin-top: 1.5rem; }
  .bajio tbody th { position: sticky; left: 0; max-width: 9rem; z-index: 1; }
  .bajio tbody th.short { white-space: normal; }
  .bajio td:not(.right):not(.short) { min-width: 11rem; }
  .bajio caption { max-width: calc(100vw - 2.5rem); } }
@page { size: A4; margin: 16mm 14mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages);
    font: 8pt sans-serif; color: #4a5361; } }
@media print { body, .bajio, .bajio tbody th, .bajio pre { color-scheme: light; background: #fff; }
  .bajio { padding: 0; font: 9.5pt/1.45 Arial, "Liberation Sans", sans-serif; }
  .bajio h1 { margin-top: 0; font-size: 20pt; }
  .bajio h2 { break-after: avoid; font-size: 14pt; }
  .bajio table { font-size: 7.5pt; width: 100%; } .bajio caption { break-after: avoid; }
  .bajio th, .bajio td { padding-right: .5em; }
  .bajio section > p { break-after: avoid; break-inside: avoid; }
  .bajio td:not(.right):not(.short), .bajio td.right:not(.short) { min-width: 0; }
  .bajio a { color: inherit; }
  .bajio figure { break-inside: avoid; } .bajio figure svg { min-width: 0; }
  nav, .skip { display: none; } }
"""
#: Of audits: each verdict by its colour, beside its mark and its word.
FINDINGS = """
.bajio article { padding: 1rem 0 .2rem 1rem; margin: 1.2rem 0; break-inside: avoid;
  border-left: 4px solid light-dark(#8a94a3, #7d8896); }
.bajio h3 { font-size: 1.1rem; margin: 0 0 .4rem; overflow-wrap: anywhere; }
.bajio blockquote { margin: .4em 0; font-style: italic; max-width: 44rem; }
.bajio article p { max-width: 44rem; margin: .5em 0; }
.bajio dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem;
  font-size: .9rem; max-width: 52rem; margin: .6em 0; }
.bajio dt { color: light-dark(#4a5361, #aab3c0); }
.bajio dd { margin: 0; overflow-wrap: anywhere; }
.bajio header p { font-size: 1.1rem; overflow-wrap: anywhere; }
.bajio td:not(.right):not(.short) { min-width: 11rem; }
.bajio tbody th { max-width: 14rem; overflow-wrap: anywhere; }
.bajio tr.holds strong, .bajio article.holds strong { color: light-dark(#1a6b34, #7fd99a); }
.bajio tr.contradicted strong, .bajio tr.inconsistent strong, .bajio article.contradicted strong,
  .bajio article.inconsistent strong { color: light-dark(#a8200d, #ff9d8a); }
.bajio tr.undecided strong, .bajio article.undecided strong { color: light-dark(#6b4e00, #e8c468); }
.bajio tr.consistent strong, .bajio article.consistent strong {
  color: light-dark(#0b4f94, #8ec5ff); }
.bajio article.holds { border-color: light-dark(#1a6b34, #7fd99a); }
.bajio article.contradicted, .bajio article.inconsistent {
  border-color: light-dark(#a8200d, #ff9d8a); }
.bajio article.undecided { border-color: light-dark(#6b4e00, #e8c468); }
.bajio article.consistent { border-color: light-dark(#0b4f94, #8ec5ff); }
.bajio article.draft { border-left-style: dashed; }
@media screen and (max-width: 45rem) { .bajio dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .bajio dd { margin-bottom: .3rem; }
  .bajio td.short:not(thead *) { white-space: normal; min-width: 5rem; } }
@media print { .bajio article { padding: .4rem 0 0 .8rem; margin: .8rem 0; }
  .bajio article p:last-child { display: none; } .bajio h3 { break-after: avoid; } }
"""


def policy_of(style: str) -> str:
    """What a page may load, run and send: nothing, and be styled by that style alone.

    Examples:
        >>> policy_of("p { color: red; }")[:60]
        "default-src 'none'; style-src 'sha256-pckGv9YvNcB5xy+Y4fbqhy"
    """
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
