package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.web.PageAnswers;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.util.List;

/** Asks for name and password. */
public final class LoginPages implements Routes {
    private final Pages pages;

    /** Shows the form of a login. */
    public LoginPages(Pages pages) {
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/login", Permission.PUBLIC, this::show, "Ask for name and password")
                .query(PageAnswers.BACK, "The page to go to afterwards")
                .answers(200, Route.Contract.HTML));
    }

    private void show(Context context) {
        String back = PageAnswers.local(context.queryParam(PageAnswers.BACK));
        Frame frame = pages.frame(context, "Log in", "");
        Sheet.Form form = new Sheet.Form(
                "",
                "",
                "/api/v1/login",
                List.of(
                        Sheet.Input.hidden(PageAnswers.BACK, back),
                        Sheet.Input.text("user", "Name", "").must(),
                        new Sheet.Input("password", "Password", "password", "", "", List.of(), true)),
                "Log in");
        pages.write(
                context,
                frame,
                new Sheet("Log in", null, "The first person is made with vitals user add.", List.of(form)));
    }
}
