package dev.vitals.samples.orders;

import dev.vitals.health.HealthCheckOk;
import dev.vitals.health.HealthCheckWarning;
import dev.vitals.health.HealthHandler;
import java.sql.SQLException;
import java.util.Map;

/** A handler, which throws its outcome: WARNING if too many orders wait to be shipped. */
final class BacklogCheck implements HealthHandler {
    static final int MAX_WAITING = 10;

    private final OrderStore orders;

    BacklogCheck(OrderStore orders) {
        this.orders = orders;
    }

    @Override
    public void run() throws SQLException {
        long waiting = orders.waiting();
        Map<String, Long> data = Map.of("waiting", waiting);
        if (waiting > MAX_WAITING) {
            throw new HealthCheckWarning("more than " + MAX_WAITING + " orders wait to be shipped", data);
        }
        throw new HealthCheckOk("orders are shipped in time", data);
    }
}
