using System.Text.Json;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>
/// What a request says, whichever way: query, form, multipart or JSON. Names are those of a form: <c>media_ids[]</c>, <c>poll[options][]</c>.
/// </summary>
internal sealed class MastodonParameters
{
    private readonly Dictionary<string, List<string>> _values = [];

    public IFormFile? File { get; private set; }

    public static async Task<MastodonParameters> ReadAsync(HttpRequest request)
    {
        var parameters = new MastodonParameters();
        foreach (var (name, values) in request.Query)
            parameters.Add(name, values);
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            foreach (var (name, values) in form)
                parameters.Add(name, values);
            parameters.File = form.Files.GetFile("file");
        }
        else if (request.HasJsonContentType() && request.ContentLength != 0)
        {
            try
            {
                using var document = await JsonDocument.ParseAsync(request.Body);
                parameters.Flatten("", document.RootElement);
            }
            catch (JsonException)
            {
                throw new MastodonRefusal(400, "Error occurred while parsing request parameters");
            }
        }

        return parameters;
    }

    public string? this[string name] => _values.TryGetValue(name, out var values) ? values[^1] : null;

    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name + "[]", out var values) ? values : _values.TryGetValue(name, out values) ? values : [];

    public bool Flag(string name) => this[name] is { } value && value is not ("" or "0" or "false" or "False" or "off");

    public long? Number(string name) => long.TryParse(this[name], System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public int Limit(int usual, int most) => (int)Math.Clamp(Number("limit") ?? usual, 1, most);

    private void Add(string name, IEnumerable<string?> values)
    {
        foreach (var value in values)
        {
            if (value is null)
                continue;
            if (!_values.TryGetValue(name, out var list))
                _values[name] = list = [];
            list.Add(value);
        }
    }

    private void Flatten(string name, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Flatten(name.Length == 0 ? property.Name : $"{name}[{property.Name}]", property.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Flatten(name + "[]", item);
                break;
            case JsonValueKind.Null:
            case JsonValueKind.Undefined:
                break;
            default:
                Add(name, [element.ToString()]);
                break;
        }
    }
}
