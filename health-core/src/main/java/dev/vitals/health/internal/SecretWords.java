package dev.vitals.health.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words by which a secret is known, one list for every form of text. Words count as a whole: {@code passed}, {@code
 * compass} and {@code tokenizer} are other words than {@code pass} and {@code token}.
 */
final class SecretWords {
    private static final int MAX_KEY = 100;

    /** What the name of a value says about the value. */
    enum Kind {
        /** An ordinary value. */
        PLAIN,
        /** A secret, unless it is a number: {@code tokens=42}. */
        COUNTABLE,
        /** A secret. */
        SECRET,
        /** A password, which may follow its name in quotes and without a separator. */
        PASSWORD,
        /** A secret, if it is long and mixed: the name has other uses. */
        DOUBTFUL,
        /** A header, whose value is the rest of the line. */
        HEADER
    }

    private static final Set<String> PASSWORDS = words("password passwd passphrase passwort kennwort passcode pwd"
            + " userpassword dbpassword mypassword wachtwoord contraseña contrasena senha пароль 密码 パスワード");
    private static final Set<String> SECRETS = words("secret token credential cred sig jwt otp totp psk apikey"
            + " apisecret accesskey accountkey privatekey secretkey sharedkey sharedaccesskey sharedaccesssignature"
            + " signingkey encryptionkey masterkey storagekey authkey sshkey keypass storepass jsessionid phpsessid"
            + " aspsessionid sas xsrf csrf pat mnemonic geheimnis");
    private static final Set<String> COUNTABLES =
            words("passwords secrets tokens credentials creds apikeys cookies jwts passphrases");
    private static final Set<String> ENDINGS = words("password passwd passphrase secret token apikey pwd");
    private static final Set<String> DOUBTFULS = words("auth session sessionid sid pin signature");
    private static final Set<String> HEADERS = words("authorization cookie");
    private static final Set<String> KEY_OF = words("account access api private secret shared signing encryption"
            + " decryption master storage auth subscription service app application session ssh function functions deploy"
            + " deployment hmac rsa aes admin root write license licence management instrumentation ingest integration"
            + " webhook consumer publishable restricted bot cipher wrapping seed server csrf cdn client customer");
    private static final Set<String> PASS_OF = words("db user my root admin ftp smtp ldap mail key store truststore"
            + " keystore proxy http ssh sql mysql pg postgres redis mq rabbitmq auth login default database imap mongo"
            + " basic jmx kafka es elastic truststorepass");
    private static final Set<String> PLAIN_ENDINGS = words("count counts length len size ttl type types name names"
            + " expiry expires expired expiration age url uri urls endpoint file files path paths policy min max limit"
            + " limits enabled disabled required valid invalid validity status state version rotation rotated changed days"
            + " hours minutes seconds secs sec ms millis at in on bytes used left remaining total rate errors error"
            + " failures failed failure format algorithm alg encoding reset cache provider service server manager store"
            + " host port user username location strength check checks index usage issuer audience scope scopes exception"
            + " filter factory repository controller handler interceptor validator parser reader writer util utils impl"
            + " resolver encoder decoder indicator java kt py go js mjs ts tsx rb cs cpp cc rs php scala groovy class jar"
            + " xml yml yaml json properties conf txt pem log html css org com net example refresh refreshes requests hits"
            + " misses rotations generator source supplier mode kind prefix suffix header param parameter field column"
            + " table ref reference present missing found set hint prompt per per_second budget window quota window bucket"
            + " buckets ring tokenizer attempts tries lookup lookups mount volume dir directory");

    private SecretWords() {}

    static Set<String> words(String words) {
        return Set.of(new LinkedHashSet<>(List.of(words.split(" "))).toArray(String[]::new));
    }

    /** Returns what the name of a value says; of a long name only the last 100 characters count. */
    static Kind of(String name) {
        List<String> parts = parts(name.length() > MAX_KEY ? name.substring(name.length() - MAX_KEY) : name);
        boolean numbered = false;
        while (!parts.isEmpty() && isNumber(parts.get(parts.size() - 1))) {
            parts.remove(parts.size() - 1);
            numbered = true;
        }
        if (parts.isEmpty()) {
            return Kind.PLAIN;
        }
        String last = parts.get(parts.size() - 1);
        if (parts.size() > 1 && PLAIN_ENDINGS.contains(last)) {
            return Kind.PLAIN;
        }
        boolean identifier = last.equals("id") && parts.size() > 1;
        Kind kind = Kind.PLAIN;
        for (int i = 0; i < parts.size(); i++) {
            Kind of = of(parts, i);
            // Words of two uses count only where they end the name.
            if (of != Kind.PLAIN && (of != Kind.DOUBTFUL || i == parts.size() - 1)) {
                kind = of == Kind.HEADER && (numbered || i < parts.size() - 1) ? Kind.SECRET : of;
            }
        }
        if (kind == Kind.PLAIN && identifier && parts.get(parts.size() - 2).equals("session")) {
            return Kind.DOUBTFUL;
        }
        return identifier && kind != Kind.PLAIN ? Kind.COUNTABLE : kind;
    }

    private static Kind of(List<String> parts, int i) {
        String part = parts.get(i);
        String before = i == 0 ? "" : parts.get(i - 1);
        if (PASSWORDS.contains(part)) {
            return Kind.PASSWORD;
        }
        if (SECRETS.contains(part)
                || (part.equals("key") && KEY_OF.contains(before))
                || (part.equals("signature")
                        && (before.equals("access") || before.equals("amz") || before.equals("goog")))
                || (part.equals("phrase") && before.equals("pass"))) {
            return Kind.SECRET;
        }
        if (part.equals("word") && before.equals("pass")) {
            return Kind.PASSWORD;
        }
        if (COUNTABLES.contains(part) || (part.equals("keys") && KEY_OF.contains(before))) {
            return Kind.COUNTABLE;
        }
        if (HEADERS.contains(part)) {
            return Kind.HEADER;
        }
        if (part.equals("pass") || part.equals("pw")) {
            boolean whole = parts.size() == 1;
            return PASS_OF.contains(before) ? Kind.PASSWORD : whole ? Kind.COUNTABLE : Kind.PLAIN;
        }
        if (part.endsWith("pass") && PASS_OF.contains(part.substring(0, part.length() - 4))) {
            return Kind.PASSWORD;
        }
        if (part.endsWith("key") && KEY_OF.contains(part.substring(0, part.length() - 3))) {
            return Kind.SECRET;
        }
        for (String ending : ENDINGS) {
            if (part.endsWith(ending) && !part.equals("oldpwd") && !part.equals("betoken")) {
                return Kind.SECRET;
            }
        }
        return DOUBTFULS.contains(part) ? Kind.DOUBTFUL : Kind.PLAIN;
    }

    /** Returns the words of a name such as {@code my-app.dbPassword_2}: my, app, db, password, 2. */
    private static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        int from = name.startsWith("-D") ? 2 : 0;
        int start = from;
        for (int i = from; i <= name.length(); i++) {
            boolean end = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
            if (end || (i > start && isBoundary(name, i))) {
                if (i > start) {
                    parts.add(name.substring(start, i).toLowerCase(Locale.ROOT));
                }
                start = end ? i + 1 : i;
            }
        }
        return parts;
    }

    private static boolean isBoundary(String name, int i) {
        char before = name.charAt(i - 1);
        char here = name.charAt(i);
        if (Character.isDigit(before) != Character.isDigit(here)) {
            return true;
        }
        boolean lastOfCapitals = Character.isUpperCase(before)
                && Character.isUpperCase(here)
                && i + 1 < name.length()
                && Character.isLowerCase(name.charAt(i + 1));
        return lastOfCapitals || (Character.isLowerCase(before) && Character.isUpperCase(here));
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }
}
