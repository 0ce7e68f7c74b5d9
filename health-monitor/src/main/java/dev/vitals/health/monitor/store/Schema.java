package dev.vitals.health.monitor.store;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** The tables of a database: brings those of an earlier version up to date, and refuses others in words. */
final class Schema {
    private final Flyway flyway;

    Schema(DataSource pool, String migrations) {
        flyway = Flyway.configure()
                .dataSource(pool)
                .locations("classpath:" + migrations)
                .load();
    }

    /**
     * Creates or migrates the tables.
     *
     * @throws IllegalStateException if a newer version, or one between two versions, wrote them
     */
    void migrate() {
        MigrationInfoService info = flyway.info();
        String newest = Arrays.stream(info.all())
                .filter(one -> one.getState().isResolved())
                .map(Schema::number)
                .reduce("0", (before, after) -> after);
        for (MigrationInfo one : info.all()) {
            switch (one.getState()) {
                case FUTURE_SUCCESS, FUTURE_FAILED ->
                    throw new IllegalStateException("a newer version of the monitor wrote it: its tables have number "
                            + number(one) + ", this version knows them up to " + newest
                            + "; start that version, or restore a backup from before the upgrade");
                case IGNORED, ABOVE_TARGET, BELOW_BASELINE, MISSING_SUCCESS, MISSING_FAILED ->
                    throw between(
                            "number " + number(one) + " of its tables is not one that this version can add or knows");
                default -> {
                    // Applied by an earlier version, or to be applied now.
                }
            }
        }
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw between(
                    String.valueOf(e.getMessage()).lines().skip(1).findFirst().orElse("its tables differ"));
        }
    }

    private static IllegalStateException between(String why) {
        return new IllegalStateException(
                "a version of the monitor that was never released wrote it, and it cannot be brought up to date (" + why
                        + "); start that version, or begin with another data directory");
    }

    private static String number(MigrationInfo one) {
        return one.getVersion() == null ? "none" : one.getVersion().getVersion();
    }
}
