package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.access.User;
import dev.vitals.health.monitor.access.Users;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Adds, changes, lists and removes the people who may log in. */
public final class UserRoutes implements Routes {
    private static final String USERS = "/api/v1/users";
    private static final String USER = "/api/v1/users/{name}";

    private final Users users;

    /** Works on these people. */
    public UserRoutes(Users users) {
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(USERS, Permission.ADMIN, this::list, "List the users"),
                Route.post(USERS, Permission.ADMIN, this::add, "Add a user")
                        .takes("User")
                        .answers(201, RouteContract.NOTHING),
                Route.put(
                                USER + "/password",
                                Permission.ADMIN,
                                this::password,
                                "Change a password, ending all sessions")
                        .takes("Password")
                        .answers(204, RouteContract.NOTHING),
                Route.put(USER + "/role", Permission.ADMIN, this::role, "Change a role, ending all sessions")
                        .takes("Object")
                        .answers(204, RouteContract.NOTHING),
                Route.delete(USER, Permission.ADMIN, this::remove, "Remove a user, ending all sessions"));
    }

    private void list(Context context) {
        List<User> all = users.list();
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("users");
            for (User user : all) {
                json.writeStartObject();
                json.writeStringField("name", user.name());
                json.writeStringField("role", user.role().word());
                Shape.texts(json, "selectors", user.selectors());
                Shape.time(json, "created", user.created());
                Shape.time(json, "changed", user.changed());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void add(Context context) throws IOException {
        Fields fields = JsonBody.fields(context);
        String name = fields.anyText("name");
        String role = fields.anyText("role");
        List<String> selectors = fields.texts("selectors", Scope.ENTRIES);
        Secret password = LoginRoutes.password(fields);
        fields.refuseOthers();
        fields.errors().check();
        AsyncResponse.answer(context, users.add(name, role, selectors, password, actor(context)), added -> {
            if (!added) {
                throw Problem.of(409, "there is a user of the name " + name).exception();
            }
            context.status(201);
        });
    }

    private void password(Context context) throws IOException {
        Fields fields = JsonBody.fields(context);
        Secret password = LoginRoutes.password(fields);
        fields.refuseOthers();
        fields.errors().check();
        AsyncResponse.answer(
                context,
                users.password(context.pathParam("name"), password, actor(context)),
                changed -> done(context, changed));
    }

    private void role(Context context) throws IOException {
        Fields fields = JsonBody.fields(context);
        String role = fields.anyText("role");
        List<String> selectors = fields.texts("selectors", Scope.ENTRIES);
        fields.refuseOthers();
        fields.errors().check();
        done(context, users.role(context.pathParam("name"), role, selectors, actor(context)));
    }

    private void remove(Context context) {
        done(context, users.remove(context.pathParam("name"), actor(context)));
    }

    private static Actor actor(Context context) {
        return Gatekeeper.caller(context).actor();
    }

    private static void done(Context context, boolean wasThere) {
        if (!wasThere) {
            throw Problem.of(404, "there is no user of that name").exception();
        }
        context.status(204);
    }
}
