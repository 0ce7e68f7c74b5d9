package dev.vitals.health.indicator;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source without a pool that records the calls on its connections. */
final class StubDataSource implements DataSource {
    interface Source {
        Connection connect() throws SQLException;
    }

    private final Source source;
    private final Map<String, Object> answers = new HashMap<>();
    private final Map<String, Object> arguments = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private Connection last;

    StubDataSource(Source source) {
        this.source = source;
    }

    /** Answers a call without the database; a throwable is thrown. */
    StubDataSource answering(String method, Object answer) {
        answers.put(method, answer);
        return this;
    }

    long called(String method) {
        return calls.stream().filter(method::equals).count();
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    Object argumentOf(String method) {
        return arguments.get(method);
    }

    Connection last() {
        return Objects.requireNonNull(last, "no connection yet");
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = source.connect();
        last = real;
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    calls.add(method.getName());
                    if (args != null && args.length == 1) {
                        arguments.put(method.getName(), args[0]);
                    }
                    Object answer = answers.get(method.getName());
                    if (answer instanceof Throwable failure) {
                        throw failure;
                    }
                    return answer == null ? invoke(real, method, args) : answer;
                });
    }

    private static Object invoke(Connection real, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException("an indicator must not change what belongs to others");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
