package dev.vitals.health.monitor.page;

import io.javalin.http.Context;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Makes requests that have headers and nothing else. */
final class Requests {
    private Requests() {}

    static Context with(Map<String, String> headers) {
        return (Context) Proxy.newProxyInstance(
                Requests.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("header") && arguments.length == 1) {
                        return headers.get(arguments[0]);
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }
}
