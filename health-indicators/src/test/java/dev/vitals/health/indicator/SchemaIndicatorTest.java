package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.vitals.health.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class SchemaIndicatorTest {
    private final DataSource nowhere = new StubDataSource(() -> {
        throw new SQLException("jdbc:x://user:secret@host is down", "08001");
    });

    @Test
    void aDatabaseThatIsDownIsAnErrorWithoutTheTextOfTheDriver() {
        String message = "cannot connect: SQLException, SQLState 08001";
        Expect.error(SchemaIndicator.flyway(nowhere, "1").warnWhilePending().run(), message);
        Expect.error(SchemaIndicator.liquibase(nowhere, "1").run(), message);
    }

    @Test
    void aBrokenConnectionIsAnErrorNotPending() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:");
        SchemaIndicator check = SchemaIndicator.liquibase(
                new StubDataSource(() -> {
                    Connection connection = database.getConnection();
                    connection.close();
                    return connection;
                }),
                "1");
        Outcome outcome = check.warnWhilePending().run();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(outcome.message().orElseThrow()).startsWith("cannot read DATABASECHANGELOG: ");
    }

    @Test
    void returnsTheConnection() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:");
        StubDataSource dataSource = new StubDataSource(database::getConnection);
        SchemaIndicator.flyway(dataSource, "1").run();
        assertThat(dataSource.last().isClosed()).isTrue();
    }

    @Test
    void refusesBadValues() {
        assertThatNullPointerException()
                .isThrownBy(() -> SchemaIndicator.flyway(null, "1"))
                .withMessage("dataSource");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaIndicator.flyway(nowhere, "1.x"))
                .withMessage("expectedVersion must be numbers with dots or underscores between them, was '1.x'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaIndicator.flyway(nowhere, "1", "a\"; DROP TABLE b"))
                .withMessageStartingWith("table must match ")
                .withMessageEndingWith(", was 'a\"; DROP TABLE b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaIndicator.liquibase(nowhere, " "))
                .withMessage("expectedId must have 1 to 255 characters, was ' '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaIndicator.liquibase(nowhere, "1").timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
    }

    @Test
    void isADatastoreAndRemote() {
        assertThat(SchemaIndicator.flyway(nowhere, "1").componentType()).contains("datastore");
        assertThat(SchemaIndicator.flyway(nowhere, "1").remote()).isTrue();
    }
}
