package dev.vitals.samples.orders;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The HTTP API of the service. */
final class OrderRoutes {
    private static final Pattern ITEM = Pattern.compile("[a-z]{1,50}");
    private static final Pattern QUANTITY = Pattern.compile("[1-9][0-9]{0,2}");

    private final OrderStore orders;
    private final InventoryClient inventory;

    OrderRoutes(OrderStore orders, InventoryClient inventory) {
        this.orders = orders;
        this.inventory = inventory;
    }

    void list(Context context) throws SQLException {
        context.json(orders.latest());
    }

    /** Takes the form fields {@code item} and {@code quantity}. */
    void place(Context context) throws SQLException, InterruptedException {
        String item = field(context, "item", ITEM);
        int quantity = Integer.parseInt(field(context, "quantity", QUANTITY));
        switch (reserve(item, quantity)) {
            case 200 -> context.status(HttpStatus.CREATED).json(orders.add(item, quantity));
            case 404 -> throw new BadRequestResponse("there is no item '" + item + "'");
            case 409 -> throw new ConflictResponse("fewer than " + quantity + " of '" + item + "' are left");
            default -> throw new ServiceUnavailableResponse("inventory does not work");
        }
    }

    void shipAll(Context context) throws SQLException {
        context.json(Map.of("shipped", orders.shipAll()));
    }

    private int reserve(String item, int quantity) throws InterruptedException {
        try {
            return inventory.reserve(item, quantity);
        } catch (IOException e) {
            throw new ServiceUnavailableResponse("inventory does not answer");
        }
    }

    private static String field(Context context, String name, Pattern form) {
        String given = context.formParam(name);
        return Optional.ofNullable(given)
                .filter(value -> form.matcher(value).matches())
                .orElseThrow(() -> new BadRequestResponse(name + " must match " + form + ", was '" + given + "'"));
    }
}
