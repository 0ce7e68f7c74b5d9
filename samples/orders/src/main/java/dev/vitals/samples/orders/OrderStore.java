package dev.vitals.samples.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The orders in the database. */
final class OrderStore {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS orders (id BIGINT GENERATED ALWAYS AS IDENTITY"
            + " PRIMARY KEY, item VARCHAR(50) NOT NULL, quantity INT NOT NULL, shipped BOOLEAN NOT NULL)";

    private final DataSource dataSource;

    OrderStore(DataSource dataSource) throws SQLException {
        this.dataSource = dataSource;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    Order add(String item, int quantity) throws SQLException {
        String sql = "INSERT INTO orders (item, quantity, shipped) VALUES (?, ?, FALSE)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, item);
            insert.setInt(2, quantity);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return new Order(keys.getLong(1), item, quantity, false);
            }
        }
    }

    List<Order> latest() throws SQLException {
        String sql = "SELECT id, item, quantity, shipped FROM orders ORDER BY id DESC LIMIT 100";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            List<Order> orders = new ArrayList<>();
            while (rows.next()) {
                orders.add(new Order(rows.getLong(1), rows.getString(2), rows.getInt(3), rows.getBoolean(4)));
            }
            return orders;
        }
    }

    long waiting() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement count = connection.prepareStatement("SELECT COUNT(*) FROM orders WHERE NOT shipped");
                ResultSet rows = count.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Ships all orders that wait and returns their number. */
    int shipAll() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement update = connection.createStatement()) {
            return update.executeUpdate("UPDATE orders SET shipped = TRUE WHERE NOT shipped");
        }
    }

    /** One order. */
    record Order(long id, String item, int quantity, boolean shipped) {}
}
