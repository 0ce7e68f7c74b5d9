package dev.vitals.health.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets that are known by their form alone, wherever they stand. */
final class SecretShapes {
    private static final int MIN_MIXED = 8;
    private static final int MIN_LONG = 20;
    private static final Set<String> SCHEMES =
            SecretWords.words("bearer basic negotiate ntlm digest apikey token splunk genie sso-key aws4-hmac-sha256");

    private static final Pattern ENGLISH = Pattern.compile(
            ".*-.*|.*(?:tion|ing|ment|ness|ity|able|ible|ance|ence|ism|er|or)s?", Pattern.CASE_INSENSITIVE);

    /** How a token begins, and its least length. */
    private static final Map<String, Integer> PREFIXES = Map.ofEntries(
            Map.entry("ghp_", 20),
            Map.entry("gho_", 20),
            Map.entry("ghu_", 20),
            Map.entry("ghs_", 20),
            Map.entry("ghr_", 20),
            Map.entry("github_pat_", 20),
            Map.entry("glpat-", 16),
            Map.entry("gldt-", 16),
            Map.entry("glrt-", 16),
            Map.entry("glptt-", 16),
            Map.entry("xoxa-", 14),
            Map.entry("xoxb-", 14),
            Map.entry("xoxe-", 14),
            Map.entry("xoxe.", 14),
            Map.entry("xoxo-", 14),
            Map.entry("xoxp-", 14),
            Map.entry("xoxr-", 14),
            Map.entry("xoxs-", 14),
            Map.entry("xapp-", 14),
            Map.entry("AIza", 35),
            Map.entry("ya29.", 15),
            Map.entry("GOCSPX-", 15),
            Map.entry("sk_live_", 16),
            Map.entry("sk_test_", 16),
            Map.entry("rk_live_", 16),
            Map.entry("rk_test_", 16),
            Map.entry("whsec_", 16),
            Map.entry("sk-proj-", 20),
            Map.entry("sk-ant-", 20),
            Map.entry("npm_", 30),
            Map.entry("pypi-", 30),
            Map.entry("SG.", 40),
            Map.entry("dop_v1_", 30),
            Map.entry("doo_v1_", 30),
            Map.entry("hvs.", 20),
            Map.entry("hvb.", 20),
            Map.entry("dckr_pat_", 16),
            Map.entry("shpat_", 20),
            Map.entry("shpss_", 20),
            Map.entry("dapi", 32),
            Map.entry("NRAK-", 20),
            Map.entry("glsa_", 20),
            Map.entry("glc_", 20),
            Map.entry("ATATT3", 20),
            Map.entry("dp.pt.", 20),
            Map.entry("AGE-SECRET-KEY-", 20),
            Map.entry("lin_api_", 20),
            Map.entry("sq0atp-", 20),
            Map.entry("EAACEdEose0cBA", 20));

    /** Hosts, and the path after which the rest of a URL is a secret. */
    static final Map<String, String> WEBHOOKS = Map.of(
            "hooks.slack.com", "/services/",
            "discord.com", "/api/webhooks/",
            "discordapp.com", "/api/webhooks/",
            "outlook.office.com", "/webhook/",
            "api.telegram.org", "/bot");

    private SecretShapes() {}

    /** Returns whether the word, of letters, digits and {@code . _ -}, is a token or a key. */
    static boolean isSecret(String word) {
        int length = word.length();
        if (length < 14) {
            return false;
        }
        if (word.startsWith("eyJ")) {
            return length >= MIN_LONG && word.indexOf('.') > 0;
        }
        if (length == 20 && (word.startsWith("AKIA") || word.startsWith("ASIA")) && isUpperOrDigits(word)) {
            return true;
        }
        if (word.startsWith("sk-") && length >= 24 && word.indexOf('-', 3) < 0) {
            return hasDigit(word);
        }
        // The longest prefix has 15 characters.
        for (int end = 3; end <= Math.min(15, length); end++) {
            Integer least = PREFIXES.get(word.substring(0, end));
            if (least != null && length >= least) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the word names a way to log in, which a secret follows. */
    static boolean isScheme(String word) {
        return SCHEMES.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Returns whether the text after {@code Bearer}, {@code Basic} or their like is a secret, not a word of a sentence. */
    static boolean isCredential(String scheme, String text) {
        String bare = text.replaceAll("[.,;:)]+$", "");
        if (bare.length() < 4) {
            return false;
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        if (lower.equals("basic") && isUserAndPassword(bare)) {
            return true;
        }
        if (lower.equals("token") || lower.equals("digest")) {
            return bare.length() >= 16 && isMixed(bare);
        }
        return (bare.length() >= MIN_MIXED && isMixed(bare))
                || (bare.length() >= 16 && !ENGLISH.matcher(bare).matches());
    }

    private static boolean isUserAndPassword(String text) {
        try {
            byte[] pair = Base64.getDecoder().decode(text);
            String decoded = new String(pair, StandardCharsets.ISO_8859_1);
            return decoded.indexOf(':') >= 0
                    && decoded.chars().allMatch(character -> character >= ' ' && character < 127);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Returns whether the text looks made by a machine: letters with digits, capitals inside, or the padding of base64. */
    static boolean isMixed(String text) {
        boolean letter = false;
        boolean digit = false;
        boolean capitalInside = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            letter |= Character.isLetter(character);
            digit |= Character.isDigit(character);
            capitalInside |= i > 0 && Character.isUpperCase(character) && Character.isLowerCase(text.charAt(i - 1));
        }
        return letter && (digit || capitalInside || text.endsWith("="));
    }

    /** Returns whether a value whose name has other uses too is a secret. */
    static boolean isLongAndMixed(String text) {
        int blank = text.indexOf(' ');
        if (blank > 0 && isScheme(text.substring(0, blank)) && blank + 1 < text.length()) {
            return true;
        }
        return text.length() >= 16 && isMixed(text) && !text.contains("://");
    }

    private static boolean isUpperOrDigits(String word) {
        return word.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }

    private static boolean hasDigit(String word) {
        return word.chars().anyMatch(Character::isDigit);
    }
}
