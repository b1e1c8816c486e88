namespace Holdfast.Shell;

/// <summary>What esbuild made (Shell/build.mjs): styles, scripts and fonts, addressed by the build's own id so that browsers keep them for ever.</summary>
internal sealed class Built
{
    private readonly string _id;

    public Built()
    {
        Folder = Find();
        var id = Path.Combine(Folder, "build-id.txt");
        _id = File.Exists(id) ? File.ReadAllText(id).Trim() : "none";
    }

    public string Folder { get; }

    public string Base => $"/built/{_id}/";

    public string this[string name] => Base + name;

    /// <summary>Beside the program where it is installed; in the sources where it is being worked on.</summary>
    private static string Find()
    {
        var installed = Path.Combine(AppContext.BaseDirectory, "wwwroot", "built");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null && !Directory.Exists(installed); folder = folder.Parent)
        {
            var sources = Path.Combine(folder.FullName, "src", "Holdfast");
            if (Directory.Exists(sources))
            {
                return Path.Combine(sources, "wwwroot", "built");
            }
        }

        return installed;
    }
}
