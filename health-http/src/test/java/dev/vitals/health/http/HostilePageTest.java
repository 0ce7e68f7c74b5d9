package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.TextLine;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The elements of a page do not depend on the texts that it shows. */
class HostilePageTest {
    private static final Map<String, String> BROWSER = Map.of("Accept", "text/html");
    // Line ends of ours, and line ends of a detail, are allowed; no other control character is, and no mark of
    // direction.
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}&&[^\\n]]|[\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of(
                "<script>alert(1)</script>",
                "</title></style></bdi></td></table>",
                "\"><img src=x onerror=alert(1)>",
                "' onclick='alert(1)",
                "&lt;b&gt; &amp; &#60;",
                "]]> --> <!-- <![CDATA[",
                "right \u202e to \u2066 left \u200f",
                "\u0000\u0007\u001b[2J\r\n<tr>",
                "\ufffe\uffff\ud800\udc00\ud800",
                "<");
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(40);
        return Arbitraries.oneOf(parts, anything).list().ofMaxSize(4).map(all -> "a" + String.join("", all));
    }

    @Property(tries = 300)
    void keepsItsElementsWhateverTheTexts(
            @ForAll("texts") String text, @ForAll("texts") String key, @ForAll("texts") String failure) {
        String hostile = page(text, key, failure);
        String plain = page("a", "a", "a");

        Element root = parse(hostile);
        assertThat(shape(root)).isEqualTo(shape(parse(plain)));
        assertThat(UNFIT.matcher(root.getTextContent()).results().toList()).isEmpty();
        assertThat(UNFIT.matcher(hostile).results().toList()).isEmpty();
    }

    private static String page(String text, String key, String failure) {
        ManualScheduler time = new ManualScheduler();
        try (Health health = time.health()
                .service(TextLine.cut(text, 80), TextLine.cut(key, 80))
                .description(text)
                .note(key)
                .link("about", URI.create("https://example.org/"))
                .check(
                        "values",
                        () -> Outcome.warning(text)
                                .with("k" + key, List.of(text, Map.of(key, text)))
                                .measured("m", 4, TextLine.cut(text, 40)),
                        c -> c.link("manual", URI.create("data:text/html,x")))
                .check(
                        "breaks",
                        () -> {
                            throw new IllegalStateException(failure);
                        },
                        c -> c.failureThreshold(1))
                .start()) {
            time.advance(Duration.ofSeconds(1));
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .htmlPage(true)
                    .details(DetailVisibility.ALWAYS)
                    .build();
            Exchange page = InMemory.exchange(endpoint, "GET", "/_health", BROWSER);
            assertThat(page.code()).isEqualTo(503);
            return page.body();
        }
    }

    private static Element parse(String page) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(page)))
                    .getDocumentElement();
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new AssertionError("the page is not well-formed: " + page, e);
        }
    }

    /** Returns the names of all elements, in order, with the names of their attributes. */
    private static List<String> shape(Node node) {
        List<String> shape = new ArrayList<>();
        if (node instanceof Element element) {
            StringBuilder name = new StringBuilder(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                name.append(' ').append(element.getAttributes().item(i).getNodeName());
            }
            shape.add(name.toString());
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            shape.addAll(shape(child));
        }
        return shape;
    }
}
