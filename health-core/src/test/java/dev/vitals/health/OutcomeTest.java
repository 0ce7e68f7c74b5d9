package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void keepsDataInTheOrderInWhichItWasAdded() {
        Outcome outcome = Outcome.ok().with("b", 1).with("a", true).with(Map.of("c", "x"));
        assertThat(outcome.data().keySet()).containsExactly("b", "a", "c");
        assertThat(Outcome.ok().data()).isEmpty();
    }

    @Test
    void copiesDataSoThatLaterChangesDoNotShow() {
        List<Object> list = new ArrayList<>(List.of("one"));
        Outcome outcome = Outcome.ok().with("list", list);
        list.add("two");
        assertThat(outcome.data()).containsEntry("list", List.of("one"));
    }

    @Test
    void turnsForeignValuesIntoText() {
        Outcome outcome = Outcome.ok()
                .with("uri", URI.create("http://localhost"))
                .with("nan", Double.NaN)
                .with("none", null)
                .with("nested", Map.of("key", Arrays.asList(1, URI.create("x"))));
        assertThat(outcome.data())
                .containsEntry("uri", "http://localhost")
                .containsEntry("nan", "NaN")
                .containsEntry("none", "null")
                .containsEntry("nested", Map.of("key", List.of(1, "x")));
    }

    // spring-boot#44502, jetty#10685: a Path is an Iterable of Paths.
    @Test
    void showsAPathAsItsText() {
        assertThat(Outcome.ok().with("path", Path.of("var", "log")).data())
                .containsEntry("path", Path.of("var", "log").toString());
    }

    @Test
    void copiesCountersByTheirValueOfNow() {
        AtomicLong seen = new AtomicLong(1);
        Outcome outcome = Outcome.ok().with("seen", seen).measured("seen", seen, "requests");
        seen.set(999);
        assertThat(outcome.data()).containsEntry("seen", 1L);
        assertThat(outcome.measurements()).singleElement().hasToString("seen=1 requests");
    }

    /** Prints as a fraction, as those of some libraries do. */
    private static final class Third extends Number {
        private static final long serialVersionUID = 1L;

        @Override
        public int intValue() {
            return 0;
        }

        @Override
        public long longValue() {
            return 0;
        }

        @Override
        public float floatValue() {
            return 1f / 3;
        }

        @Override
        public double doubleValue() {
            return 1d / 3;
        }

        @Override
        public String toString() {
            return "1/3";
        }
    }

    // FasterXML/jackson-core#315, prometheus-community/json_exporter#16: one value that cannot be written broke the
    // page.
    @Test
    void keepsOnlyNumbersThatJsonCanExpress() {
        BigDecimal huge = new BigDecimal("1E+20000");
        Outcome outcome = Outcome.ok()
                .with("huge", huge)
                .with("price", new BigDecimal("12.50"))
                .with("third", new Third())
                .measured("huge", huge, "x")
                .measured("third", new Third(), "x");
        assertThat(outcome.data())
                .containsEntry("huge", "1E+20000")
                .containsEntry("price", new BigDecimal("12.50"))
                .containsEntry("third", "1/3");
        assertThat(outcome.measurements())
                .extracting(measurement -> (Object) measurement.value())
                .containsExactly(Double.POSITIVE_INFINITY, 1d / 3);
    }

    @Test
    void copiesNestedDataToALimitedDepthSoThatACycleCannotHangIt() {
        List<Object> cycle = new ArrayList<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public String toString() {
                return "cycle";
            }
        };
        cycle.add(cycle);
        assertThat(Outcome.ok().with("cycle", cycle).data().toString()).contains("cycle");
    }

    @Test
    void aSecondMeasurementOfANameReplacesTheFirst() {
        Outcome outcome = Outcome.ok().measured("free", 1, "bytes").measured("free", 2, "bytes");
        assertThat(outcome.measurements()).singleElement().hasToString("free=2 bytes");
    }

    @Test
    void refusesMeasurementsWithInvalidNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Outcome.ok().measured("a:b", 1, "bytes"))
                .withMessageContaining("measurement must match")
                .withMessageContaining("'a:b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Outcome.ok().measured("responseTime", 1, "ms"))
                .withMessageContaining("measurement must not be 'responseTime'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Outcome.ok().measured("free", 1, " "))
                .withMessage("unit must have 1 to 50 characters, was ' '");
    }

    @Test
    void carriesMessageAndDataWhenRaised() {
        RaisedOutcome raised = new HealthCheckWarning("slow", Map.of("p99", 3));
        assertThat(raised.outcome().code()).isEqualTo(Outcome.Code.WARNING);
        assertThat(raised.outcome().message()).contains("slow");
        assertThat(raised.outcome().data()).containsEntry("p99", 3);
        assertThat(raised.getStackTrace()).isEmpty();
        assertThat(new HealthCheckOk("fine", Map.of("n", 1)).outcome().toString())
                .isEqualTo("OK: fine {n=1}");
        assertThat(new HealthCheckError().outcome().message()).isEmpty();
    }
}
