using Holdfast.Database;

namespace Holdfast.App.Tests.Database;

/// <summary>A data folder with the files of a private PostgreSQL that was started once and stopped.</summary>
public sealed class MadePostgres : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("hf-made-").FullName;

    internal DataFolder Folder => new(Path.Combine(_root, "data"));

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        await using var postgres = await PrivatePostgres.StartAsync(Folder, TimeProvider.System, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}
