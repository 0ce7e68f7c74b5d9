package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;

class SqlFailureTest {
    @Test
    void aMissingTableIsAMatterOfNamesAlsoWhereTheDriverGivesNoState() {
        assertThat(SqlFailure.ofName(new SQLException("no such table: x"))).isTrue();
        assertThat(SqlFailure.ofName(new SQLException("no such table: x", "42P01")))
                .isTrue();
        assertThat(SqlFailure.ofName(new SQLException("connection lost", "08006")))
                .isFalse();
    }

    @Test
    void aTimeoutWithoutAStateIsNone() {
        assertThat(SqlFailure.ofName(new SQLTimeoutException("took too long"))).isFalse();
    }
}
