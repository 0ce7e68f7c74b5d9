package dev.vitals.health.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The look of the page: paper and ink, one line for a check, states told by shape, word and colour. The content security policy
 * allows this style by its hash, and nothing else.
 */
final class PageStyle {
    static final String CSS = """
            :root { color-scheme: light dark;
              --paper: light-dark(#fbfbf9, #14171a); --sheet: light-dark(#fff, #1b1f23); --ink: light-dark(#1c2126, #e6e8ea);
              --soft: light-dark(#59636e, #9aa4ae); --line: light-dark(#e4e5e1, #2c3238); --accent: light-dark(#2458c5, #84aaff);
              --pass: light-dark(#0b7a63, #46c7a8); --warn: light-dark(#8f5a00, #f0b44c); --fail: light-dark(#b3261e, #ff8a7d);
              font: 14px/1.45 system-ui, "Inter", "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink); }
            main { max-width: 1080px; margin: 0 auto; padding: 36px 24px 60px; overflow-wrap: anywhere; }
            p, h1 { margin: 0; } svg { width: 15px; height: 15px; flex: none; vertical-align: -2.5px; }
            h1 { display: flex; gap: 10px; align-items: center; font-size: 26px; font-weight: 640; letter-spacing: -.015em; }
            h1 svg { width: 24px; height: 24px; } h1 + p { margin: 6px 0 0; font-size: 16px; max-width: 78ch; }
            a { color: inherit; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 3px; }
            a:hover { color: var(--accent); } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
            .num, td time, th[scope=row], pre { font-family: ui-monospace, "JetBrains Mono", "DejaVu Sans Mono", monospace; font-size: 12.5px; }
            .soft { color: var(--soft); } .pass { color: var(--pass); } .warn { color: var(--warn); } .fail, .unknown { color: var(--fail); }
            nav { display: flex; flex-wrap: wrap; gap: 6px 20px; margin: 22px 0 10px; }
            nav a { display: inline-flex; gap: 6px; align-items: center; padding: 2px 0; text-decoration: none; }
            nav a[aria-current] { font-weight: 620; box-shadow: 0 2px var(--ink); }
            table { width: 100%; border-collapse: separate; border-spacing: 0; border: 1px solid var(--line); border-radius: 6px; background: var(--sheet); }
            th { text-align: left; font-weight: 550; color: var(--soft); padding: 6px 12px; font-size: 12px; white-space: nowrap; }
            td, th[scope=row] { padding: 7px 12px; border-top: 1px solid var(--line); vertical-align: top; }
            th[scope=row] { color: var(--ink); font-weight: 600; white-space: normal; min-width: 120px; }
            .state { white-space: nowrap; font-weight: 600; } .state svg { margin-right: 6px; } .state.pass { font-weight: 500; }
            .why { width: 50%; } .time { white-space: nowrap; } .r { text-align: right; }
            p > span { margin-right: 14px; } pre { margin: 6px 0; white-space: pre-wrap; } summary { cursor: pointer; color: var(--soft); }
            footer { margin-top: 18px; color: var(--soft); }
            @media (max-width: 760px) {
              main { padding: 22px 12px 40px; } thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
              tbody tr { display: grid; grid-template-columns: 86px 1fr; padding: 8px 12px; border-top: 1px solid var(--line); }
              tbody tr:first-child { border-top: 0; } td, th[scope=row] { padding: 1px 0; border: 0; width: auto; text-align: left; }
              .why, .time.time { grid-column: 2; width: auto; text-align: left; } .time::before { content: attr(data-is) " "; color: var(--soft); }
            }
            @media print { body { background: #fff; } }
            """;

    /** The headers that belong to a page with this style. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-" + hash()
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer");

    private PageStyle() {}

    private static String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(CSS.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JVM has SHA-256", e);
        }
    }
}
