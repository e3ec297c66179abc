/** What the button looks like where a survey has no colour of its own: 5.9 to 1 with white words. */
const ourColor = '#0b5fa5';

/** Words that only screen readers meet are clipped, never hidden: hidden inputs could not be reached by key. */
const rules = `
*,*::before,*::after{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{--page:#f3f5f8;--card:#fff;--ink:#17202b;--soft:#4d5968;--line:#7d8998;--faint:#d9dfe6;--alarm:#b3161b;
margin:0;min-height:100vh;padding:14px 0 20px;background:var(--page);color:var(--ink);
font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
@media(prefers-color-scheme:dark){body{--page:#10151b;--card:#1a222b;--ink:#f0f4f8;--soft:#b3bfcc;--line:#8793a1;--faint:#33404d;--alarm:#ff9b94}}
.page{max-width:44rem;margin:0 auto}
header p{margin:0 0 12px;padding:0 12px;font-weight:600;letter-spacing:.01em;color:var(--soft)}
main{background:var(--card);border:solid var(--faint);border-width:1px 0;padding:20px 12px 24px}
h1{margin:0 0 1.25rem;font-size:1.4rem;line-height:1.3;font-weight:650;text-wrap:balance;overflow-wrap:anywhere;hyphens:auto}
p{margin:0 0 1rem;overflow-wrap:anywhere}
fieldset{margin:0;padding:0;border:0;min-width:0}
legend{padding:0;width:100%}
.scale{display:grid;grid-template-columns:repeat(auto-fill,minmax(max(45px,2.6rem),1fr));gap:4px}
.scale.ten{grid-template-columns:repeat(auto-fill,minmax(max(52px,3rem),1fr));gap:6px}
.scale label{position:relative;display:block;cursor:pointer}
.scale input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.scale span{display:flex;align-items:center;justify-content:center;min-height:3.25rem;border:2px solid var(--line);border-radius:.75rem;
font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums;background:var(--card)}
.scale label:hover span{border-color:var(--ink)}
.scale input:checked+span{background:var(--brand);border-color:var(--ink);color:#fff;box-shadow:inset 0 0 0 2px #fff}
.scale input:focus-visible+span{outline:3px solid var(--ink);outline-offset:2px}
.ends{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin:.625rem 0 1.5rem;color:var(--soft);font-size:.9375rem;line-height:1.35}
.ends span{max-width:max(46%,7.5rem);overflow-wrap:anywhere}
.ends span:last-child{margin-left:auto;text-align:right}
.field{margin:0 0 1.5rem}
.field label{display:block;margin:0 0 .5rem;font-weight:600}
.field.first label{font-size:1.2rem;line-height:1.35}
textarea,input[type=text]{display:block;width:100%;padding:.75rem;border:2px solid var(--line);border-radius:.75rem;background:var(--card);color:inherit;font:inherit}
textarea{min-height:7.5rem;resize:vertical}
input[type=text]{max-width:9rem;min-height:3rem}
[aria-invalid=true]{border-color:var(--alarm)}
.wrong{margin:.5rem 0 1rem;color:var(--alarm);font-weight:600}
.note{color:var(--soft);font-size:.9375rem}
.done{display:flex;gap:.625rem;align-items:baseline;padding:.75rem .875rem;border:1px solid var(--faint);border-left:.375rem solid var(--brand);border-radius:.625rem}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:3.25rem;padding:.625rem 1.5rem;border:2px solid transparent;
border-radius:.75rem;background:var(--brand);color:#fff;font:inherit;font-weight:650;text-decoration:none;cursor:pointer}
.button.second{background:none;border-color:var(--line);color:var(--ink)}
.button:hover{text-decoration:underline}
@media(prefers-color-scheme:dark){.button:not(.second){border-color:var(--line)}}
a{color:inherit}
a:focus-visible,button:focus-visible,textarea:focus-visible,input[type=text]:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
footer{padding:16px 12px 0;color:var(--soft);font-size:.9375rem}
footer ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0;list-style:none}
footer a,footer strong{display:inline-block;padding:.625rem 0}
@media(min-width:36rem){body{padding:2.5rem 1.5rem}main{padding:2rem;border-width:1px;border-radius:1rem}h1{font-size:1.65rem}
header p,footer{padding-left:.25rem;padding-right:.25rem}
.scale,.scale.ten{grid-template-columns:repeat(11,minmax(0,1fr));gap:6px}.scale.ten{grid-template-columns:repeat(10,minmax(0,1fr))}.scale span{min-height:3.5rem}}
@media(max-width:35.99rem){.actions .button{width:100%}}
@media(prefers-reduced-motion:no-preference){.scale span,.button{transition:border-color .12s,background-color .12s}}
@media(forced-colors:active){.scale input:checked+span{background:Highlight;color:HighlightText;forced-color-adjust:none}}
`;

/** The style sheet of a survey page, in the colour of the survey. It is small, and so stands in the page. */
export function styleOf(brandColor: string | null): string {
  return `:root{--brand:${brandColor ?? ourColor}}${rules}`;
}
