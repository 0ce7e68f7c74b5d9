package dev.vitals.health.monitor.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.maintenance.WeeklySchedule;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
    @SuppressWarnings("unchecked")
    private static Map<String, ?> document(String json) {
        try {
            return (Map<String, ?>) Json.value(Json.read(json.replace('\'', '"').getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rule read(String json) {
        Fields fields = Fields.of(document(json), Naming.CAMEL);
        Rule rule = RuleReader.read("night", fields, false);
        fields.errors().check();
        return rule;
    }

    private static List<FieldError> errors(String json) {
        Fields fields = Fields.of(document(json), Naming.CAMEL);
        Object unused = RuleReader.read("night", fields, false);
        return fields.errors().errors();
    }

    @Test
    void theShortestRuleTellsEveryTroubleOfAllTargets() {
        assertThat(read("{'tell':['ops@example.com']}"))
                .isEqualTo(new Rule(
                        "night",
                        null,
                        Set.of(State.DEGRADED, State.UNHEALTHY),
                        List.of(Receiver.mail("ops@example.com")),
                        Duration.ZERO,
                        null,
                        Duration.ofSeconds(10),
                        null,
                        null,
                        false));
    }

    @Test
    void readsAllFieldsAndGivesThemBack() {
        WeeklySchedule weekends = new WeeklySchedule(
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                LocalTime.MIDNIGHT,
                Duration.ofDays(1),
                ZoneId.of("Europe/Berlin"),
                null);
        WeeklySchedule nights = new WeeklySchedule(
                Set.of(DayOfWeek.MONDAY), LocalTime.of(22, 0), Duration.ofHours(8), ZoneId.of("UTC"), null);
        Rule rule = read("{'host':'m1','service':'orders','selector':{'team':'shop'},'states':['unknown','UNHEALTHY'],"
                + "'tell':['chat','ops@example.com'],'after':'10m','remind':14400,'window':0,"
                + "'during':{'days':['saturday','SUNDAY'],'start':'00:00','duration':'1d','zone':'Europe/Berlin'},"
                + "'quiet':{'days':['MONDAY'],'start':'22:00','end':'06:00','zone':'UTC'}}");
        assertThat(rule)
                .isEqualTo(new Rule(
                        "night",
                        new Selection("m1", "orders", Map.of("team", "shop"), new TreeSet<>()),
                        Set.of(State.UNKNOWN, State.UNHEALTHY),
                        List.of(Receiver.channel("chat"), Receiver.mail("ops@example.com")),
                        Duration.ofMinutes(10),
                        Duration.ofHours(4),
                        Duration.ZERO,
                        weekends,
                        nights,
                        false));
        Fields again = Fields.of(RuleReader.fields(rule), Naming.CAMEL);
        assertThat(RuleReader.read("night", again, false)).isEqualTo(rule);
        assertThat(again.errors().errors()).isEmpty();
    }

    @Test
    void anEndAtTheStartIsADayLater() {
        Rule rule = read("{'tell':['a@b'],'quiet':{'days':['MONDAY'],'start':'06:00','end':'06:00','zone':'UTC'}}");
        assertThat(rule.quiet().duration()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | tell",
                "{'tell':[]} | tell",
                "{'tell':['mail']} | tell",
                "{'tell':['no name']} | tell",
                "{'tell':['a@b','a@b']} | tell",
                "{'tell':[1]} | tell",
                "{'tell':['a@b\\nBcc: c@d']} | tell",
                "{'tell':{'to':'a@b'}} | tell",
                "{'tell':['a@b'],'selector':{}} | host",
                "{'tell':['a@b'],'targets':['orders']} | targets",
                "{'tell':['a@b'],'host':''} | host",
                "{'tell':['a@b'],'states':[]} | states",
                "{'tell':['a@b'],'states':['HEALTHY']} | states",
                "{'tell':['a@b'],'states':'UNHEALTHY'} | states",
                "{'tell':['a@b'],'after':86401} | after",
                "{'tell':['a@b'],'after':-1} | after",
                "{'tell':['a@b'],'after':1e300} | after",
                "{'tell':['a@b'],'after':'soon'} | after",
                "{'tell':['a@b'],'remind':299} | remind",
                "{'tell':['a@b'],'remind':'8d'} | remind",
                "{'tell':['a@b'],'window':601} | window",
                "{'tell':['a@b'],'quiet':'night'} | quiet",
                "{'tell':['a@b'],'quiet':{'start':'22:00','duration':60,'zone':'UTC'}} | quiet.days",
                "{'tell':['a@b'],'quiet':{'days':['FUNDAY'],'start':'22:00','duration':60,'zone':'UTC'}} | quiet.days",
                "{'tell':['a@b'],'quiet':{'days':['MONDAY'],'start':'25:00','duration':60,'zone':'UTC'}} | quiet.start",
                "{'tell':['a@b'],'quiet':{'days':['MONDAY'],'start':'22:00','duration':59,'zone':'UTC'}} | quiet.duration",
                "{'tell':['a@b'],'quiet':{'days':['MONDAY'],'start':'22:00','zone':'UTC'}} | quiet.duration",
                "{'tell':['a@b'],'quiet':{'days':['MONDAY'],'start':'22:00','end':'6','zone':'UTC'}} | quiet.end",
                "{'tell':['a@b'],'quiet':{'days':['MONDAY'],'start':'22:00','end':'06:00','duration':60,'zone':'UTC'}} | quiet.end",
                "{'tell':['a@b'],'quiet':{'days':['MONDAY'],'start':'22:00','duration':60,'zone':'Moon'}} | quiet.zone",
                "{'tell':['a@b'],'quiet':{'days':['MONDAY'],'start':'22:00','duration':60,'zone':'UTC','until':'2h'}} | quiet.until",
                "{'tell':['a@b'],'during':{'days':['MONDAY'],'start':1,'duration':60,'zone':'UTC'}} | during.start",
                "{'tell':['a@b'],'extra':1} | extra"
            })
    void namesTheBadField(String json, String field) {
        assertThat(errors(json)).extracting(FieldError::field).containsExactly(field);
    }

    @Test
    void namesAllBadFieldsAtOnceWithValueAndBound() {
        List<FieldError> errors = errors("{'states':['GREEN'],'after':'2d','extra':'x'}");
        assertThat(errors).extracting(FieldError::field).containsExactly("states", "tell", "after", "extra");
        assertThat(errors.get(2).value()).isEqualTo("2d");
        assertThat(errors.get(2).bound()).contains("24 h");
    }

    @Test
    void refusesMoreThanTwentyReceivers() {
        String many = IntStream.rangeClosed(1, 21)
                .mapToObj(number -> "'c" + number + "'")
                .collect(Collectors.joining(","));
        assertThat(errors("{'tell':[" + many + "]}"))
                .extracting(FieldError::field)
                .containsExactly("tell");
    }

    @Test
    void readsExpectationsInBothSpellings() {
        Fields camel = Fields.of(Map.of("atLeast", 2), Naming.CAMEL);
        assertThat(ExpectationReader.read("orders", camel, false))
                .isEqualTo(new Expectation("orders", 2, Duration.ofSeconds(30), false));
        Fields snake = Fields.of(Map.of("at_least", 2, "within", "1m"), Naming.SNAKE);
        Expectation expectation = ExpectationReader.read("orders", snake, true);
        assertThat(expectation).isEqualTo(new Expectation("orders", 2, Duration.ofMinutes(1), true));
        assertThat(camel.errors().any() || snake.errors().any()).isFalse();
        Fields again = Fields.of(ExpectationReader.fields(expectation), Naming.CAMEL);
        assertThat(ExpectationReader.read("orders", again, true)).isEqualTo(expectation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | atLeast",
                "{'atLeast':0} | atLeast",
                "{'atLeast':1001} | atLeast",
                "{'atLeast':'2'} | atLeast",
                "{'atLeast':2,'within':3601} | within",
                "{'atLeast':2,'within':'-1s'} | within",
                "{'atLeast':2,'app':'orders'} | app"
            })
    void namesTheBadFieldOfAnExpectation(String json, String field) {
        Fields fields = Fields.of(document(json), Naming.CAMEL);
        Object unused = ExpectationReader.read("orders", fields, false);
        assertThat(fields.errors().errors()).extracting(FieldError::field).containsExactly(field);
    }
}
