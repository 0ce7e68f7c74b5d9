package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;

class SqlFailureTest {
    @Test
    void aMissingTableIsAnUnknownNameEvenIfTheDriverGivesNoState() {
        assertThat(SqlFailure.isUnknownName(new SQLException("no such table: x")))
                .isTrue();
        assertThat(SqlFailure.isUnknownName(new SQLException("no such table: x", "42P01")))
                .isTrue();
        assertThat(SqlFailure.isUnknownName(new SQLException("connection lost", "08006")))
                .isFalse();
    }

    @Test
    void aTimeoutWithoutAStateIsNotAnUnknownName() {
        assertThat(SqlFailure.isUnknownName(new SQLTimeoutException("took too long")))
                .isFalse();
    }
}
