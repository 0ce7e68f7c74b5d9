package dev.vitals.health.monitor.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.State;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.web.Grouping;
import dev.vitals.health.monitor.web.Problem;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may see, without a login: the services whose targets have the label {@code public}, under the name that is its
 * value. No text of a target, no name of a host and no address is shown here.
 */
public final class StatusPages implements Routes {
    /** The label with the public name of a service. */
    static final String LABEL = "public";

    private static final int INCIDENTS = 200;
    private static final int SHOWN = 20;
    private static final int REPLACEMENT = 0xfffd;
    private static final Duration LASTS = Duration.ofSeconds(5);
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private final Pages pages;
    private final Registry registry;
    private final IncidentStore incidents;
    private volatile @Nullable Known latest;

    /** Shows the public targets of that registry. */
    public StatusPages(Pages pages, Registry registry, IncidentStore incidents) {
        this.pages = pages;
        this.registry = registry;
        this.incidents = incidents;
    }

    /** A service as everybody sees it. */
    record Service(String name, State state, Instant since) {
        String tone() {
            return Tone.of(state);
        }

        String word() {
            return StatusPages.word(state);
        }

        /** Returns the width of the text in a badge, which has the same width for all. */
        int textLength() {
            return Math.min(190, 6 * (name.length() + 1 + word().length()));
        }
    }

    private record Known(Instant at, List<Trouble> troubles) {}

    /** A time of trouble of a service; the end is null while it lasts. */
    record Trouble(
            String id,
            String service,
            State state,
            Instant from,
            @Nullable Instant to) {
        String text(Instant now) {
            String lasted = Times.ago(from, to == null ? now : to);
            String begin = Times.day(from) + " " + Times.text(from, from) + " UTC";
            return StatusPages.word(state) + ", from " + begin
                    + (to == null ? ", for " + lasted + " so far" : ", for " + lasted);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/status", Permission.PUBLIC, this::show, "Show the public services to everybody")
                        .answers(200, Route.Contract.HTML),
                Route.get("/status/feed", Permission.PUBLIC, this::feed, "Follow the trouble of the public services")
                        .answers(200, Route.Contract.ATOM),
                Route.get("/status/badge/{name}", Permission.PUBLIC, this::badge, "Show the state of a public service")
                        .answers(200, Route.Contract.SVG));
    }

    static String word(State state) {
        return switch (state) {
            case HEALTHY -> "works";
            case DEGRADED -> "is disturbed";
            case UNHEALTHY -> "does not work";
            case UNKNOWN -> "is not known";
        };
    }

    private List<Service> services() {
        SortedMap<String, List<WatchedTarget>> named = Grouping.by(LABEL, registry.targets());
        List<Service> services = new ArrayList<>();
        named.forEach((name, members) -> {
            State worst = Grouping.summary(members).worst().orElse(State.UNKNOWN);
            Instant since = members.stream()
                    .filter(member -> member.state().state() == worst)
                    .map(member -> member.state().since())
                    .min(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            services.add(new Service(name, worst, since));
        });
        return services;
    }

    /** Returns the latest troubles as of a few seconds ago: anybody may ask, as often as they like. */
    private List<Trouble> troubles() {
        Instant now = pages.now();
        Known known = latest;
        if (known == null || now.isBefore(known.at()) || now.isAfter(known.at().plus(LASTS))) {
            known = new Known(now, read());
            latest = known;
        }
        return known.troubles();
    }

    private List<Trouble> read() {
        SortedMap<String, String> names = new TreeMap<>();
        for (WatchedTarget watched : registry.targets()) {
            String name = watched.target().labels().get(LABEL);
            if (name != null) {
                names.put(watched.id().toString(), name);
            }
        }
        List<Trouble> troubles = new ArrayList<>();
        if (names.isEmpty()) {
            return troubles;
        }
        for (Incident incident : incidents.list(IncidentStore.Filter.ALL, INCIDENTS)) {
            incidents.members(incident.id()).stream()
                    .map(member -> names.get(member.target().toString()))
                    .filter(name -> name != null)
                    .distinct()
                    .forEach(name -> troubles.add(new Trouble(
                            incident.id(),
                            name,
                            incident.state(),
                            incident.openedAt(),
                            incident.end() == null ? null : incident.end().at())));
            if (troubles.size() >= SHOWN) {
                break;
            }
        }
        return troubles;
    }

    private void show(Context context) {
        List<Service> services = services();
        List<Trouble> troubles = troubles();
        State worst = services.stream()
                .map(Service::state)
                .min(Comparator.comparing(Tone::rank))
                .orElse(State.UNKNOWN);
        String title = services.isEmpty()
                ? "Nothing is published here"
                : worst == State.HEALTHY ? "Everything works" : "Something " + word(worst);
        Frame frame = pages.plain(context, title, Tone.of(worst));
        Pages.write(
                context, out -> JtestatusGenerated.render(out, null, frame, title, Tone.of(worst), services, troubles));
    }

    private void badge(Context context) {
        String name = context.pathParam("name");
        Service service = services().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(404, "there is no public service of that name")
                        .exception());
        String svg = withoutNonXml(Pages.text(out -> JtebadgeGenerated.render(out, null, service)));
        context.contentType(Route.Contract.SVG)
                .header("Cache-Control", "no-cache, max-age=0")
                .result(svg);
    }

    private void feed(Context context) {
        context.contentType(Route.Contract.ATOM + "; charset=utf-8").result(atom(context, troubles()));
    }

    private byte[] atom(Context context, List<Trouble> troubles) {
        Instant now = pages.now();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, UTF_8.name());
            xml.writeStartDocument(UTF_8.name(), "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            element(xml, "title", "State of the services");
            element(xml, "id", "urn:vitals:status");
            element(xml, "updated", Rfc3339.text(newest(troubles, now)));
            link(xml, base(context) + "/status");
            for (Trouble trouble : troubles) {
                xml.writeStartElement("entry");
                element(xml, "title", trouble.service() + " " + trouble.text(now));
                element(xml, "id", "urn:uuid:" + trouble.id());
                element(xml, "updated", Rfc3339.text(trouble.to() == null ? trouble.from() : trouble.to()));
                xml.writeStartElement("author");
                element(xml, "name", "Vitals");
                xml.writeEndElement();
                link(xml, base(context) + "/status");
                xml.writeEndElement();
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("only bytes in memory", e);
        }
        return bytes.toByteArray();
    }

    private static Instant newest(List<Trouble> troubles, Instant now) {
        return troubles.stream()
                .map(trouble -> trouble.to() == null ? trouble.from() : trouble.to())
                .max(Instant::compareTo)
                .orElse(now.truncatedTo(ChronoUnit.DAYS));
    }

    private static String base(Context context) {
        return context.scheme() + "://" + context.host();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(withoutNonXml(text));
        xml.writeEndElement();
    }

    /** Replaces what no XML document may contain. Source: XML 1.0, section 2.2. */
    private static String withoutNonXml(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(isXml(point) ? point : REPLACEMENT));
        return clean.toString();
    }

    private static boolean isXml(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= ' ' && point < Character.MIN_SURROGATE)
                || (point > Character.MAX_SURROGATE && point < 0xfffe)
                || point >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }

    private static void link(XMLStreamWriter xml, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("href", address);
    }
}
