package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tags of a page, as a browser does. */
final class Markup {
    private static final Pattern TAG = Pattern.compile("<([a-zA-Z][a-zA-Z0-9-]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([^\\s=\"'>/]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+)))?");

    /** A tag with its attributes in lower case. */
    record Tag(String name, Map<String, String> attributes, int end) {
        String get(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }
    }

    private Markup() {}

    static List<Tag> tags(String html) {
        List<Tag> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(html);
        while (tag.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(tag.group(2));
            while (attribute.find()) {
                String value = attribute.group(2) != null
                        ? attribute.group(2)
                        : attribute.group(3) != null ? attribute.group(3) : String.valueOf(attribute.group(4));
                attributes.put(attribute.group(1).toLowerCase(Locale.ROOT), text(value));
            }
            tags.add(new Tag(tag.group(1).toLowerCase(Locale.ROOT), attributes, tag.end()));
        }
        return tags;
    }

    /** Returns the text that the characters of a page stand for. */
    static String text(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** Fails if the page has a script or a style of its own, or leads to a script. */
    static void isInert(String page, String html) {
        for (Tag tag : tags(html)) {
            String what = page + " " + tag;
            assertThat(tag.attributes().keySet())
                    .as(what)
                    .noneMatch(name -> name.equals("style") || name.startsWith("on"));
            for (String link : List.of("href", "src", "action", "formaction")) {
                assertThat(tag.get(link).strip().toLowerCase(Locale.ROOT))
                        .as(what)
                        .doesNotStartWith("javascript:");
            }
            assertThat(tag.name()).as(what).isNotIn("style", "iframe", "object", "embed", "base", "img", "b-hostile");
            if (tag.name().equals("script")) {
                assertThat(tag.get("src")).as(what).startsWith("/assets/");
                assertThat(html.substring(tag.end())).as(what).startsWith("</script>");
            }
        }
    }

    /** Returns the fields of the form with that action, with the values that they have at first. */
    static Map<String, String> form(String html, String action) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher form = Pattern.compile("<form[^>]*>.*?</form>", Pattern.DOTALL).matcher(html);
        while (form.find()) {
            List<Tag> tags = tags(form.group());
            if (tags.get(0).get("action").equals(action)) {
                String select = "";
                for (Tag tag : tags) {
                    boolean unticked = tag.get("type").equals("checkbox")
                            && !tag.attributes().containsKey("checked");
                    if (!tag.get("name").isEmpty() && !unticked) {
                        select = tag.get("name");
                        fields.put(select, tag.get("value"));
                    } else if (tag.name().equals("option") && tag.attributes().containsKey("selected")) {
                        fields.put(select, tag.get("value"));
                    }
                }
                return fields;
            }
        }
        throw new AssertionError("no form for " + action + " in " + html);
    }
}
