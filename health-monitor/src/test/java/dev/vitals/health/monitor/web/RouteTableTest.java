package dev.vitals.health.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.access.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final Routes TARGETS =
            () -> List.of(Route.get("/targets", Permission.VIEW, context -> {}, "List the targets"));

    @Test
    void hasTheRoutesOfAllFeaturesInTheirOrder() {
        Routes tokens = () -> List.of(
                Route.get("/tokens", Permission.ADMIN, context -> {}, "List the tokens"),
                Route.post("/tokens", Permission.ADMIN, context -> {}, "Make a token"));
        assertThat(new RouteTable(List.of(TARGETS, tokens)).routes())
                .extracting(route -> route.method() + " " + route.path())
                .containsExactly("GET /targets", "GET /tokens", "POST /tokens");
    }

    @Test
    void refusesTwoRoutesForTheSameMethodAndPath() {
        assertThatThrownBy(() -> new RouteTable(List.of(TARGETS, TARGETS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two routes for GET /targets");
    }
}
