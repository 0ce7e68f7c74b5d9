package dev.vitals.health.internal;

import java.util.Map;
import java.util.Set;

/** The short options of known commands that a password follows, such as {@code -p} of mysql. For one text. */
final class CommandOptions {
    /** Commands whose {@code -p} has the password attached. */
    private static final Set<String> ATTACHED =
            Set.of("mysql", "mysqldump", "mysqladmin", "mysqlsh", "mariadb", "mariadb-dump", "sshpass", "7z");

    private static final Map<String, Set<String>> APART = Map.ofEntries(
            Map.entry("sshpass", Set.of("-p")),
            Map.entry("login", Set.of("-p")),
            Map.entry("mongo", Set.of("-p")),
            Map.entry("mongosh", Set.of("-p")),
            Map.entry("mongodump", Set.of("-p")),
            Map.entry("redis-cli", Set.of("-a")),
            Map.entry("ldapsearch", Set.of("-w")),
            Map.entry("ldapmodify", Set.of("-w")),
            Map.entry("ldapadd", Set.of("-w")),
            Map.entry("sqlcmd", Set.of("-P")),
            Map.entry("bcp", Set.of("-P")),
            Map.entry("zip", Set.of("-P")),
            Map.entry("unzip", Set.of("-P")));
    private static final Set<String> USER_OPTIONS = Set.of("-u", "--user", "-U", "--proxy-user");
    private static final Set<String> CONTAINERS = Set.of("docker", "podman", "kubectl", "nerdctl", "chroot", "setpriv");

    private String command = "";
    private boolean container;

    /** Takes note of a word of the text. */
    void seen(String word) {
        if (ATTACHED.contains(word) || APART.containsKey(word)) {
            command = word;
        }
        container |= CONTAINERS.contains(word);
    }

    /** A new line can be another command. */
    void endLine() {
        command = "";
        container = false;
    }

    /** Returns the index of the secret that belongs to this option, -1 if it is none. */
    int secretStart(String text, String word, int start, int end) {
        if (word.charAt(0) != '-' || (start > 0 && !Character.isWhitespace(text.charAt(start - 1)))) {
            return -1;
        }
        if (ATTACHED.contains(command)
                && word.startsWith("-p")
                && (word.length() > 2 || (isValue(text, end) && !isBlank(text, end)))) {
            return start + 2;
        }
        if (!isBlank(text, end)) {
            return -1;
        }
        int from = end + 1;
        if (APART.getOrDefault(command, Set.of()).contains(word) && isValue(text, from)) {
            return from;
        }
        return USER_OPTIONS.contains(word) && !container ? afterColon(text, from) : -1;
    }

    private static int afterColon(String text, int start) {
        for (int i = start; i < text.length() && i < start + 100 && !Character.isWhitespace(text.charAt(i)); i++) {
            if (text.charAt(i) == ':') {
                return isValue(text, i + 1) && !SecretWords.isNumber(text.substring(start, i)) ? i + 1 : -1;
            }
        }
        return -1;
    }

    private static boolean isValue(String text, int at) {
        return at < text.length() && !Character.isWhitespace(text.charAt(at)) && text.charAt(at) != '-';
    }

    private static boolean isBlank(String text, int at) {
        return at < text.length() && Character.isWhitespace(text.charAt(at));
    }
}
