namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>The report's style, for light and dark screens and for paper.</summary>
internal static class StyleSheet
{
    public const string Text =
        """
        :root{--bg:#fff;--fg:#1c2430;--muted:#5b6675;--line:#d9dee5;--soft:#f4f6f9;--blue:#2563c9;--red:#c0392b;--green:#1e7d46;--amber:#b7791f}
        @media (prefers-color-scheme:dark){:root{--bg:#14181f;--fg:#e4e8ee;--muted:#9aa5b4;--line:#2d3541;--soft:#1c222c;--blue:#6ea3f5;--red:#f08074;--green:#63c48c;--amber:#e3b04b}}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main{max-width:1000px;margin:0 auto;padding:24px 28px 48px}h1{font-size:26px;margin:0 0 4px}h2{font-size:19px;margin:0 0 4px}
        section{margin-top:34px;padding-top:18px;border-top:1px solid var(--line)}p{margin:6px 0}.muted{color:var(--muted)}
        code,pre{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:13px}pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:12px 14px;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45}h1 code{font-size:.85em}
        .verdict{margin:16px 0 12px;padding:12px 16px;border-left:5px solid var(--muted);background:var(--soft);border-radius:4px;font-size:17px;font-weight:600}
        .verdict.good{border-color:var(--green)}.verdict.bad{border-color:var(--red)}
        .cards{display:flex;flex-wrap:wrap;gap:10px;margin:18px 0 0}.cards div{flex:1 1 110px;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:8px 12px}
        .cards dt{color:var(--muted);font-size:12.5px;line-height:1.3}.cards dd{margin:2px 0 0;font-size:20px;font-weight:600}
        figure{margin:10px 0 4px}figure>svg{width:100%;height:auto;display:block}figcaption{display:flex;flex-wrap:wrap;gap:4px 20px;color:var(--muted);font-size:13px;padding-left:8px}
        .key{display:inline-flex;align-items:center;gap:7px}.wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:13.5px;margin-top:10px}th{text-align:left;color:var(--muted);font-weight:600}th,td{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
        td:first-child{white-space:nowrap}tr.bad td:last-child{color:var(--red)}tr.good td:last-child{color:var(--green)}ul{padding-left:20px}
        svg text{fill:var(--fg);font-size:12.5px}svg .tick{fill:var(--muted)}svg .label{fill:var(--muted)}svg .faint{opacity:.6}svg .middle{text-anchor:middle}svg .end{text-anchor:end}
        .grid{stroke:var(--line);stroke-width:1}.axis{stroke:var(--muted);stroke-width:1}.limit{stroke:var(--fg);stroke-width:1.5;stroke-dasharray:6 4}.release{stroke:var(--green);stroke-width:1.5;stroke-dasharray:3 3}
        .line{fill:none;stroke-width:2;stroke-linejoin:round}.line.thin{stroke-width:1.4}.line.blue,.range.blue{stroke:var(--blue)}.line.red,.range.red{stroke:var(--red)}.line.amber{stroke:var(--amber)}
        .range{stroke-width:1.6;opacity:.75}.dot.blue,.fill.blue{fill:var(--blue)}.dot.red{fill:var(--red)}.fill.soft{opacity:.25}.fill.gap{fill:var(--muted);opacity:.22}
        @media print{main{max-width:none}section{break-inside:avoid}}
        """;
}
