using System.Globalization;
using System.Net;
using System.Text;
using Harrier.Api.People;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary>A plain page, written on the server: no script, all text encoded.</summary>
internal sealed class Page
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;margin:0;background:#f6f7f9;color:#1c2430}header{background:#16324f;color:#fff;padding:.6rem 1.2rem;display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:center}header form{margin:0}"
        + "header a{color:#cfe3f7;text-decoration:none}header b{margin-right:auto}main{padding:1.2rem;max-width:75rem;margin:auto}h1{font-size:1.3rem;margin:.2rem 0 1rem}h2{font-size:1.05rem;margin:1.6rem 0 .5rem}"
        + "table{border-collapse:collapse;width:100%;background:#fff;box-shadow:0 1px 2px #0002}th,td{padding:.4rem .7rem;text-align:left;border-bottom:1px solid #e4e8ee;white-space:nowrap}th{background:#eef2f6;font-weight:600}"
        + "th.n,td.n{text-align:right}td.n{font-variant-numeric:tabular-nums}.good{color:#0a6b2d}.bad{color:#a31515}form.box{background:#fff;padding:1.2rem;max-width:24rem;box-shadow:0 1px 2px #0002}"
        + "form.box label{display:block;margin:.6rem 0 .2rem}form.box input,form.box select{width:100%;box-sizing:border-box;padding:.45rem;font:inherit}form.row{display:flex;flex-wrap:wrap;gap:.3rem;margin:0}form.row:has(select){min-width:24rem}td.none{color:#5b6675}form.row button{margin:0;padding:.15rem .6rem}form.row select{font:inherit}button{font:inherit;padding:.4rem .9rem;margin-top:.9rem;cursor:pointer}"
        + "header button{margin:0;background:none;border:1px solid #5f7fa0;color:#cfe3f7}.scroll{overflow-x:auto}.link code{display:block;padding:.6rem;overflow-wrap:anywhere}code{background:#eef2f6;padding:.1rem .3rem}"
        + "@media(max-width:40rem){main{padding:.8rem}th,td{padding:.35rem .5rem}header b{width:100%}}";

    private readonly StringBuilder _body = new();
    private string? _next;

    /// <summary>A heading.</summary>
    public Page Heading(string text, int level = 2)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<h{level}>{Encode(text)}</h{level}>");
        return this;
    }

    /// <summary>A line of text.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="kind">Empty, <c>good</c> or <c>bad</c>.</param>
    public Page Line(string text, string kind = "")
    {
        _body.Append(CultureInfo.InvariantCulture, $"<p class=\"{kind}\">{Encode(text)}</p>");
        return this;
    }

    /// <summary>A table.</summary>
    /// <param name="heads">Heads of the columns; one that begins with # is of numbers.</param>
    /// <param name="rows">The rows.</param>
    public Page Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Begin(heads);
        int count = 0;
        foreach (IReadOnlyList<string> row in rows)
        {
            _body.Append("<tr>");
            Cells(heads, row);
            _body.Append("</tr>");
            count++;
        }

        return End(heads.Count, count);
    }

    /// <summary>A table whose rows have buttons.</summary>
    /// <param name="heads">Heads of the columns, but for that of the buttons.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="action">Where buttons send to.</param>
    /// <param name="csrf">What the page knows.</param>
    public Page Table(IReadOnlyList<string> heads, IEnumerable<PageRow> rows, string action, string csrf)
    {
        Begin([.. heads, ""]);
        int count = 0;
        foreach (PageRow row in rows)
        {
            _body.Append("<tr>");
            Cells(heads, row.Cells);
            _body.Append(CultureInfo.InvariantCulture, $"<td><form class=\"row\" method=\"post\" action=\"{action}\">");
            Hidden([(CsrfGuard.Field, csrf), .. row.Hidden]);
            if (row.Choice is { } choice)
            {
                Input(choice, $" aria-label=\"{Encode(choice.Label)}\"");
            }

            foreach ((string what, string text) in row.Buttons)
            {
                _body.Append(CultureInfo.InvariantCulture, $"<button name=\"do\" value=\"{what}\">{Encode(text)}</button>");
            }

            _body.Append("</form></td></tr>");
            count++;
        }

        return End(heads.Count + 1, count);
    }

    /// <summary>A form.</summary>
    /// <param name="action">Where it goes.</param>
    /// <param name="button">What its button says.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="hidden">Sent along.</param>
    public Page Form(string action, string button, IReadOnlyList<PageField> fields, params (string Name, string Value)[] hidden)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<form class=\"box\" method=\"post\" action=\"{action}\">");
        Hidden(hidden);
        foreach (PageField field in fields)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<label for=\"{field.Name}\">{Encode(field.Label)}</label>");
            Input(field, $" id=\"{field.Name}\"");
        }

        _body.Append(CultureInfo.InvariantCulture, $"<button>{Encode(button)}</button></form>");
        return this;
    }

    /// <summary>A link that somebody copies.</summary>
    public Page Link(string address)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<p class=\"link\"><code>{Encode(address)}</code></p>");
        return this;
    }

    /// <summary>A link to another page.</summary>
    public Page Link(string address, string text)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Encode(address)}\">{Encode(text)}</a></p>");
        return this;
    }

    /// <summary>A browser goes on to another page by itself.</summary>
    public Page ThenTo(string address)
    {
        _next = address;
        return this;
    }

    /// <summary>The page as an answer.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="session">Who looks at it; null for nobody.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="refresh">Seconds until a browser asks again; 0 for never.</param>
    public IResult Show(string title, Session? session, int status = StatusCodes.Status200OK, int refresh = 0)
    {
        StringBuilder page = new("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        if (refresh > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"refresh\" content=\"{refresh}\">");
        }

        if (_next is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"refresh\" content=\"0;url={_next}\">");
        }

        page.Append(CultureInfo.InvariantCulture, $"<title>{Encode(title)} - Harrier</title><style>{Style}</style></head><body><header><b>Harrier</b>");
        if (session is not null)
        {
            page.Append("<a href=\"/\">Bots</a><a href=\"/admin/\">Administration</a><a href=\"/admin/users\">Users</a><a href=\"/user\">").Append(Encode(session.User)).Append("</a><a href=\"/docs\">API</a>");
            page.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"/logout\"><input type=\"hidden\" name=\"csrf\" value=\"{session.Csrf}\"><button>Sign out</button></form>");
        }

        page.Append(CultureInfo.InvariantCulture, $"</header><main><h1>{Encode(title)}</h1>{_body}</main></body></html>");
        return Results.Content(page.ToString(), "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    private void Begin(IReadOnlyList<string> heads)
    {
        _body.Append("<div class=\"scroll\"><table><tr>");
        foreach (string head in heads)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<th{(head.StartsWith('#') ? " class=\"n\"" : "")}>{Encode(head.TrimStart('#'))}</th>");
        }

        _body.Append("</tr>");
    }

    private Page End(int columns, int rows)
    {
        _body.Append(rows == 0 ? string.Create(CultureInfo.InvariantCulture, $"<tr><td class=\"none\" colspan=\"{columns}\">none</td></tr></table></div>") : "</table></div>");
        return this;
    }

    private void Cells(IReadOnlyList<string> heads, IReadOnlyList<string> row)
    {
        for (int i = 0; i < row.Count; i++)
        {
            _body.Append(heads[i][0] == '#' ? "<td class=\"n\">" : "<td>").Append(Encode(row[i])).Append("</td>");
        }
    }

    private void Hidden(IEnumerable<(string Name, string Value)> fields)
    {
        foreach ((string name, string value) in fields)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{name}\" value=\"{Encode(value)}\">");
        }
    }

    private void Input(PageField field, string more)
    {
        if (field.Choices is null)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<input{more} name=\"{field.Name}\" type=\"{field.Type}\" autocomplete=\"{field.Fill}\">");
            return;
        }

        _body.Append(CultureInfo.InvariantCulture, $"<select{more} name=\"{field.Name}\">");
        foreach ((string value, string text) in field.Choices)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<option value=\"{Encode(value)}\"{(value == field.Chosen ? " selected" : "")}>{Encode(text)}</option>");
        }

        _body.Append("</select>");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
